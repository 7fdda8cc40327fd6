import { isTextFormat, keyFormats } from "../../domain/key-format.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { type Delivery, deliver } from "../deliver.ts"
import { descriptor } from "../descriptor.ts"
import { flag, list, path, required, text } from "../field.ts"
import { readPassphraseFd, readPassphraseFile } from "../secret-input.ts"
import { showWithoutWarnings, warned } from "../warnings.ts"
import { name, outputFields, requireKey, version } from "./key-fields.ts"

const largestPublicKey = 64 * 1024

interface Way {
  readonly public: boolean
  readonly to: readonly string[] | undefined
  readonly mechanism: string | undefined
  readonly outPassphraseFile: string | undefined
  readonly outPassphraseFd: number | undefined
  readonly plaintext: boolean
}

const keyExport = command({
  path: ["key", "export"],
  summary: "a key in a format that other programs read",
  example: "key export deploy --format openssh --public --out deploy.pub",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    version,
    format: required(text("F", keyFormats.join(", "))),
    public: flag("only the public part"),
    to: list(
      "RECIPIENT",
      "encrypted for an age recipient: age1…, may be repeated; or wrapped to the RSA public key in a file (PEM or DER), as cloud key services ask for",
    ),
    mechanism: text("M", "how: rsa-oaep-sha256-aes-kwp, rsa-oaep-sha1-aes-kwp (the first)"),
    outPassphraseFile: path("FILE", "encrypted with the passphrase in FILE"),
    outPassphraseFd: descriptor("N", "the same, from file descriptor N"),
    plaintext: flag(
      "unencrypted: only with --yes or the key's name, the passphrase again, and a key that is exportable: yes",
    ),
    ...outputFields,
  },
  check({ out, ...way }) {
    requireOneWay(way)
    if (out === undefined && !way.public) throw new VaultError("USAGE", "--out is missing; - is standard output")
  },
  async run(context, { name: key, version: number, format, out, force, ...way }) {
    // The text of a public key is the whole answer; with --json it stands in the document.
    return await deliver(context, { out: out ?? "-", force }, async (): Promise<Delivery> => {
      if (way.plaintext) await requireKey(context, key)
      const confirmed = way.plaintext && (await context.confirm("The key leaves unencrypted. Type the key's name", key))
      using passphrase = await passphraseFor(context, way)
      const protection = await protect(context, way, passphrase, confirmed)
      const asked = { name: key, version: number, format, protection }
      const made = warned(context, await context.ask("key.export", asked))
      const { exported: bytes, ...about } = made
      const isText = protection.kind === "recipients" || isTextFormat(made.format)
      const encoded = (file: Uint8Array): string => (isText ? new TextDecoder().decode(file) : base64(file))
      return { bytes, isSecret: way.plaintext, about, inline: (file) => ({ exported: encoded(file) }) }
    })
  },
  show: showWithoutWarnings,
})

async function protect(context: Context, way: Way, passphrase: Secret | null, confirmed: boolean) {
  if (way.to !== undefined) {
    const [file = "", ...others] = way.to
    if (isRecipient(file) || others.length > 0) return { kind: "recipients", recipients: [...way.to] } as const
    using publicKey = await context.readInput(file, largestPublicKey)
    return { kind: "wrapped", publicKey: new Uint8Array(publicKey.bytes), mechanism: way.mechanism } as const
  }
  if (passphrase === null) return { kind: "public" } as const
  if (!way.plaintext) return { kind: "encrypted", passphrase: passphrase.bytes } as const
  return { kind: "plaintext", passphrase: passphrase.bytes, confirmed } as const
}

/** What can also be a file's name is a file's name with its folder before it. */
function isRecipient(text: string): boolean {
  return /^age1[0-9a-z]+$/.test(text)
}

/** The one that encrypts the export, or, for one in the clear, the vault's own, once more. */
async function passphraseFor(context: Context, way: Way): Promise<Secret | null> {
  if (way.public || way.to !== undefined) return null
  if (way.plaintext) return await context.passphraseAgain()
  if (way.outPassphraseFile !== undefined) return await readPassphraseFile(way.outPassphraseFile, "outPassphraseFile")
  return await readPassphraseFd(way.outPassphraseFd ?? 0, "outPassphraseFd")
}

function requireOneWay({ public: isPublic, to, outPassphraseFile, outPassphraseFd, plaintext }: Way): void {
  const ways = [isPublic, to !== undefined, outPassphraseFile !== undefined, outPassphraseFd !== undefined, plaintext]
  if (ways.filter(Boolean).length !== 1) {
    throw new VaultError("USAGE", "one of --public, --to, --out-passphrase-file and --plaintext is needed")
  }
}

export const keyExportCommands = [keyExport]
