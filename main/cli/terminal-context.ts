import { VaultError } from "../domain/vault-error.ts"
import type { Claviger } from "../operations/claviger.ts"
import { createAsk } from "./ask.ts"
import { ChosenCredential } from "./chosen-credential.ts"
import type { Context } from "./context.ts"
import type { GlobalOptions } from "./global-options.ts"
import { readBounded, readStandardInput } from "./read-bounded.ts"
import { writeOut } from "./standard-output.ts"
import { choosePassphrase, type FindPrompter, pinOf, type VaultPassphrase } from "./vault-passphrase.ts"
import { withPin } from "./with-pin.ts"

interface Parts {
  readonly claviger: Pick<Claviger, "dispatch" | "isUnlocked">
  readonly options: GlobalOptions
  readonly vaultPath: string
  readonly passphrase: VaultPassphrase
  readonly findPrompter: FindPrompter
}

/** What was done beside finishing an operation. */
const resumedWords: Readonly<Record<string, string>> = {
  "header-repaired": "a damaged or missing copy of the vault's header was written again",
  "vault.migrate": "the vault was brought up to this version of Claviger; `vault backups` tells where it is as it was",
  "vault.slot.remove":
    "the recovery shares of this vault are void: a crash kept the new ones from being shown. Make others: claviger vault slot add --recovery 2of3",
}

function clockWords(verdict: "went-back" | "jumped-ahead", seconds: number): string {
  const days = Math.max(1, Math.round(seconds / 86_400))
  if (verdict === "went-back") return `it is ${days} days behind the vault's log`
  return `it is ${days} days ahead of when the vault was last open; keys whose end lies in between have ended`
}

/** Of a command that has no option of its own for that PIN. */
async function unlockKeyring(
  ask: Context["ask"],
  context: Pick<Context, "pin">,
  { unlockKeyring: name, keyringToken: token, keyringPinFile: pinFile, keyringPinFd: pinFd }: GlobalOptions,
): Promise<void> {
  if (name === undefined) return
  await withPin(context, { pinFile, pinFd }, (given) => ask("keyring.unlock", { name, token, ...given }))
}

/** What one command on the terminal may use. */
export function terminalContext({ claviger, options, vaultPath, passphrase, findPrompter }: Parts): Context {
  const { passphraseFile: file, passphraseFd: fd, acceptRollback, yes, json } = options
  const ask = createAsk(claviger.dispatch)
  const note = (text: string): void => void process.stderr.write(`claviger: ${text}\n`)
  const pin: Context["pin"] = (source, field, how) => pinOf(source, field, findPrompter, how)
  const credential = new ChosenCredential(options, passphrase, pin)
  return {
    ask,
    vaultPath,
    acceptRollback,
    isJson: json,
    hasCredential: credential.isSaid,
    note,
    async unlock() {
      if (claviger.isUnlocked()) return
      const slots = async () => (await ask("vault.info", { path: vaultPath })).keyslots
      const opened = await credential.with(slots, (given) =>
        ask("vault.unlock", { path: vaultPath, ...given, acceptRollback }),
      )
      if (opened.failedAttempts > 0) note(`failed attempts to unlock since the last time: ${opened.failedAttempts}`)
      for (const work of opened.resumed) note(resumedWords[work] ?? `finished what a crash had interrupted: ${work}`)
      const { verdict, offBySeconds } = opened.clock
      if (verdict !== "plausible") note(`check this machine's clock: ${clockWords(verdict, offBySeconds)}`)
      await unlockKeyring(ask, { pin }, options)
    },
    withCredential: (act) => credential.with(async () => [], act),
    passphrase: () => passphrase.copy(),
    passphraseAgain: () => passphrase.again(),
    passphraseOfFile: async () => (await findPrompter()?.secret("Passphrase of the file")) ?? null,
    firstPassphrase: () => choosePassphrase({ file, fd }, "passphrase", { findPrompter, note }),
    newPassphrase: (source, field) => choosePassphrase(source, field, { findPrompter, note }),
    pin,
    async confirm(question, word) {
      const prompter = yes ? null : findPrompter()
      if (prompter === null) return yes
      if ((await prompter.line(question)) !== word)
        throw new VaultError("CONFIRMATION_REQUIRED", "it was not confirmed")
      return true
    },
    async readInput(path, limit, field = "in") {
      return path === "-" ? await readStandardInput(process.stdin, limit, field) : await readBounded(path, limit, field)
    },
    async writeBytes(bytes) {
      await writeOut(bytes)
    },
    warnOfSecret(advice) {
      if (process.stdout.isTTY) note(`what follows is secret, and this terminal shows it; ${advice}`)
    },
    async proveOutput() {
      if (process.stdout.isTTY || (await writeOut(json ? " " : "\n"))) return
      throw new VaultError("IO_ERROR", "nobody reads standard output")
    },
  }
}
