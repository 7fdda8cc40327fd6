import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { randomSecret } from "../../main/crypto/random.ts"
import { splitSecret } from "../../main/crypto/slip39/split.ts"
import { accountKeyText, accountOf } from "../../main/crypto/wallets/addresses/account.ts"
import { listAddresses } from "../../main/crypto/wallets/addresses/list-addresses.ts"
import { standardRules } from "../../main/crypto/wallets/addresses/standards.ts"
import { ExtendedPrivateKey } from "../../main/crypto/wallets/bip32/extended-private-key.ts"
import { writeExtendedPrivateKey } from "../../main/crypto/wallets/bip32/serialization.ts"
import { phraseLengths } from "../../main/crypto/wallets/bip39/entropy-code.ts"
import { generateEntropy } from "../../main/crypto/wallets/bip39/generate-entropy.ts"
import type { Bip39Language } from "../../main/crypto/wallets/bip39/language.ts"
import { phraseSeed } from "../../main/crypto/wallets/bip39/phrase-seed.ts"
import { writePhrase } from "../../main/crypto/wallets/bip39/write-phrase.ts"
import { Secret } from "../../main/domain/secret.ts"

const electrum = pathOf("electrum")

/** Why Electrum can't be asked here; null if it can. */
const cannotAsk = electrum === null ? "electrum is not installed" : null
if (cannotAsk !== null) console.warn(`skipped: ${cannotAsk}`)

const accounts = ["bip44", "bip49", "bip84"] as const
const Account = z.object({ privateKey: z.string(), publicKey: z.string(), change: z.string() })
const Answer = z.object({
  valid: z.array(z.boolean()),
  wallets: z.array(
    z.object({
      seed: z.string(),
      fingerprint: z.string(),
      accounts: z.object({ bip44: Account, bip49: Account, bip84: Account }),
    }),
  ),
  secrets: z.array(z.string()),
})

function pathOf(program: string): string | null {
  const candidates = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, program))
  return candidates.find((path) => canRead(path)) ?? null
}

function canRead(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

/** Asks Electrum's own modules, in the interpreter that its program names. */
function ask(question: object): z.infer<typeof Answer> {
  const [, python = "python3"] = /^#!\s*(\S+)/.exec(readFileSync(electrum ?? "", "utf8")) ?? []
  const peer = fileURLToPath(new URL("electrum-peer.py", import.meta.url))
  return Answer.parse(JSON.parse(execFileSync(python, [peer], { input: JSON.stringify(question), encoding: "utf8" })))
}

interface Wallet {
  readonly words: string
  readonly passphrase: string
  readonly seed: string
  readonly root: ExtendedPrivateKey
}

async function newWallet(
  language: Bip39Language,
  length: (typeof phraseLengths)[number],
  passphrase: string,
): Promise<Wallet> {
  using entropy = generateEntropy(length)
  using words = await writePhrase(entropy.bytes, language)
  using seed = await phraseSeed(entropy.bytes, language, new Secret(Buffer.from(passphrase)))
  return {
    words: Buffer.from(words.bytes).toString(),
    passphrase,
    seed: Buffer.from(seed.bytes).toString("hex"),
    root: ExtendedPrivateKey.fromSeed(seed.bytes),
  }
}

async function ourAnswer({ seed, root }: Wallet): Promise<object> {
  const known = await Promise.all(
    accounts.map(async (standard) => {
      const account = accountOf(root, { standard, account: 3 })
      const path = account.origin?.path ?? []
      const [change] = await listAddresses(account, { isChange: true, start: 7, count: 1 })
      const privateKey = writeExtendedPrivateKey(root.derive(path), { flavour: standardRules[standard].flavour })
      const texts = { privateKey: Buffer.from(privateKey.bytes).toString(), publicKey: accountKeyText(account) }
      return [standard, { ...texts, change: change?.address }]
    }),
  )
  const fingerprint = Buffer.from(root.public.fingerprint).toString("hex")
  return { seed, fingerprint, accounts: Object.fromEntries(known) }
}

describe.skipIf(cannotAsk !== null)("Electrum", () => {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "claviger-electrum-"))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function run(wallet: string, ...args: string[]): unknown {
    const options = ["--offline", "-D", folder, "-w", join(folder, wallet)]
    return JSON.parse(execFileSync(electrum ?? "", [...options, ...args], { encoding: "utf8" }))
  }

  test("makes of our phrases, with passphrases in any script, the same seeds, account keys and addresses", async () => {
    const wallets = await Promise.all([
      ...phraseLengths.map((length) => newWallet("english", length, "")),
      newWallet("english", 24, "Zürich ﬁnds 日本 ㍍ガ \u0344"),
      newWallet("japanese", 24, "十人十色ば"),
      newWallet("korean", 12, "각"),
      newWallet("french", 15, "é"),
      newWallet("chinese_traditional", 12, ""),
    ])
    const english = wallets.slice(0, phraseLengths.length + 1).map(({ words }) => words)
    const answer = ask({ english, wallets: wallets.map(({ words, passphrase }) => [words, passphrase]), shares: [] })
    expect(answer.valid).toEqual(english.map(() => true))
    expect(answer.wallets).toEqual(await Promise.all(wallets.map(ourAnswer)))
  })

  test("recovers the secret of our SLIP-39 shares, of one group and of several, with and without a passphrase", async () => {
    const plans = [
      { groups: [{ threshold: 2, count: 3 }], groupThreshold: 1 },
      {
        groups: [
          { threshold: 1, count: 1 },
          { threshold: 2, count: 2 },
          { threshold: 3, count: 5 },
        ],
        groupThreshold: 2,
      },
    ]
    const asked = await Promise.all(
      plans.flatMap((plan) =>
        ["", "a passphrase"].map(async (text) => {
          using secret = randomSecret(32)
          const passphrase = new Secret(Buffer.from(text))
          // The version in Debian knows no extendable shares.
          const groups = await splitSecret(secret, { ...plan, passphrase, isExtendable: false, iterationExponent: 0 })
          const shares = plan.groups.flatMap(({ threshold }, group) =>
            (group < plan.groupThreshold ? (groups[group] ?? []) : []).slice(0, threshold),
          )
          return {
            secret: Buffer.from(secret.bytes).toString("hex"),
            question: [shares.map(({ bytes }) => Buffer.from(bytes).toString()), text],
          }
        }),
      ),
    )
    const { secrets } = ask({ english: [], wallets: [], shares: asked.map(({ question }) => question) })
    expect(secrets).toEqual(asked.map(({ secret }) => secret))
  })

  test.for(accounts)("watches an account of %s by the key that we give it", async (standard) => {
    const { root } = await newWallet("english", 12, "")
    const account = accountOf(root, { standard })
    run(standard, "restore", accountKeyText(account))
    const ours = await listAddresses(account, { count: 10 })
    expect(run(standard, "listaddresses", "--receiving")).toEqual(
      expect.arrayContaining(ours.map(({ address }) => address)),
    )
  })
})
