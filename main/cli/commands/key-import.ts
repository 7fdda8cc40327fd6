import { failures } from "../../../preload/contract/failure.ts"
import type { OutputOf } from "../../../preload/contract/index.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { integer, text } from "../field.ts"
import { failureDocument } from "../report.ts"
import { showResult } from "../show-result.ts"
import { warned } from "../warnings.ts"
import { withPin } from "../with-pin.ts"
import { input, name, newKeyFields } from "./key-fields.ts"
import { askWithPassphrase, filePassphrase, filePassphraseFields, largestKeyFile } from "./key-file.ts"
import { pinFields, refuseToken, tokenField } from "./token-field.ts"

/** How a file of keys is read. */
const fileFields = {
  format: text(
    "F",
    "how FILE is written (auto: PKCS#8, PKCS#12, PKCS#1, SEC 1, OpenSSH, PuTTY, JWK, JWE, OpenPGP, age)",
  ),
  ...filePassphraseFields,
  algorithm: text("ALG", "what the bytes are, where the file does not say"),
}

export const importCommand = command({
  path: ["key", "import"],
  summary: "a key that exists already, from a file of any known format",
  example: "key import deploy --in id_ed25519 --in-passphrase-file old.txt",
  vault: "opened",
  inBatch: "bulk",
  fields: {
    name,
    in: input,
    ...fileFields,
    purpose: text("P", "its one job (what the algorithm is for)"),
    wrappedBy: text(
      "KEY",
      "the key of the vault that FILE is wrapped under, by `key wrap` or a cloud key service, or an age file is for",
    ),
    wrappedVersion: integer("N", "its version (the current one)"),
    mechanism: text("M", "how FILE is wrapped: aes-kwp, rsa-oaep-sha256-aes-kwp, … (the first that fits KEY)"),
    ...newKeyFields,
    ...tokenField,
    ...pinFields,
  },
  check({ token, wrappedBy, wrappedVersion, mechanism }) {
    refuseToken({ token })
    if (wrappedBy === undefined && (mechanism ?? wrappedVersion) !== undefined) {
      throw new VaultError("USAGE", "--wrapped-by is missing")
    }
  },
  async run(context, { in: path, inPassphraseFile, inPassphraseFd, pinFile, pinFd, token: _, tag, ...more }) {
    const { wrappedBy: wrapper, wrappedVersion, mechanism, ...args } = more
    const wrappedBy = wrapper === undefined ? undefined : { name: wrapper, version: wrappedVersion, mechanism }
    using file = await context.readInput(path, largestKeyFile)
    using given = await filePassphrase(inPassphraseFile, inPassphraseFd)
    const imported = await askWithPassphrase(context, given, (passphrase) =>
      withPin(context, { pinFile, pinFd }, async (pin) => {
        using copy = Secret.copyOf(file.bytes)
        const filePassphrase = passphrase && Secret.copyOf(passphrase).bytes
        return await context.ask("key.import", {
          ...args,
          wrappedBy,
          tags: tag,
          file: copy.bytes,
          filePassphrase,
          ...pin,
        })
      }),
    )
    return importAnswer(warned(context, imported))
  },
  show: showImported,
  exitStatus(answer) {
    const refused = "keys" in answer ? answer.keys.find(({ ok }) => !ok) : undefined
    return refused === undefined || refused.ok ? 0 : failures[refused.error.code].exitStatus
  },
})

export const inspectCommand = command({
  path: ["key", "inspect"],
  summary: "what is in a file of keys, and what is wrong with it; nothing is taken",
  example: "key inspect --in id_ed25519 --in-passphrase-file old.txt",
  vault: "opened",
  inBatch: "grouped",
  fields: { in: input, ...fileFields },
  async run(context, { in: path, inPassphraseFile, inPassphraseFd, ...how }) {
    using file = await context.readInput(path, largestKeyFile)
    using given = await filePassphrase(inPassphraseFile, inPassphraseFd)
    const { keys, ...found } = await askWithPassphrase(context, given, async (filePassphrase) => {
      using copy = Secret.copyOf(file.bytes)
      return await context.ask("key.inspect", { ...how, file: copy.bytes, filePassphrase })
    })
    return { ...found, keys: keys.map((each) => (each.ok ? each : { ...each, error: failureDocument(each.error) })) }
  },
  show: ({ keys, ...found }) =>
    showResult({
      ...found,
      keys: keys.map((each) =>
        each.ok
          ? { ...each, warnings: each.warnings.join("; "), refused: null }
          : { comment: each.comment, refused: each.error.message },
      ),
    }),
})

/** A person has seen the warnings; of several keys a line each is enough. */
function showImported({ warnings: _, ...answer }: ReturnType<typeof importAnswer>): string {
  if (!("keys" in answer)) return showResult(answer)
  const rows = answer.keys.map((each) =>
    each.ok
      ? { name: each.key.name, algorithm: each.key.algorithm, purpose: each.key.purpose, refused: null }
      : { name: each.comment, algorithm: null, purpose: null, refused: each.error.message },
  )
  return showResult({ format: answer.format, keys: rows })
}

/** A file's only key is answered as every key is; several are a list, each with its own result. */
function importAnswer({ keys, format, warnings }: OutputOf<"key.import">) {
  const told = { format, ...(warnings.length === 0 ? {} : { warnings }) }
  const [only, ...others] = keys
  if (only?.ok === true && others.length === 0) return { ...only.key, ...told }
  return { ...told, keys: keys.map((each) => (each.ok ? each : { ...each, error: failureDocument(each.error) })) }
}
