import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodeIdentity, encodeIdentity } from "../age/identity-text.ts"
import { x25519RecipientText } from "../age/recipient-text.ts"
import { concatenated } from "./concatenated.ts"
import { edwardsPublicKeyOf } from "./edwards-private-key.ts"
import { type Imported, importAll, importPrivateKey } from "./imported-key.ts"
import type { EdwardsPrivateParts } from "./key-parts.ts"
import { oneLine } from "./openssh-public-key.ts"
import { linesOf } from "./text-lines.ts"

/** More than anybody has, and few enough to work through. */
const maximumIdentities = 100
const maximumLines = 4096

const numberSign = 0x23
/** What age-keygen writes above an identity. */
const publicKeyRemark = "public key: "
const madeRemark = "created: "

/** The lines that are neither empty nor remarks; `null` for a text of too many lines. */
export function entriesOf(text: Uint8Array): readonly Uint8Array[] | null {
  return linesOf(text, maximumLines)?.filter((line) => line.length > 0 && line[0] !== numberSign) ?? null
}

interface Entry {
  readonly identity: Uint8Array
  /** Between this identity and the one before. */
  readonly remarks: readonly string[]
}

/**
 * Reads the identities of the age program: one a line, with remarks above.
 * @throws INVALID_INPUT for what is not such a file
 */
export async function readIdentityFile(text: Uint8Array): Promise<Imported[]> {
  const entries = entriesWithRemarks(text)
  if (entries.length === 0) throw invalid("no identity in the file")
  if (entries.length > maximumIdentities) throw invalid(`more than ${maximumIdentities} identities`)
  return await importAll(entries, readEntry, commentOf)
}

function entriesWithRemarks(text: Uint8Array): readonly Entry[] {
  const lines = linesOf(text, maximumLines)
  if (lines === null) throw invalid("too many lines")
  const entries: Entry[] = []
  let remarks: string[] = []
  for (const line of lines) {
    if (line.length === 0) continue
    if (line[0] === numberSign) remarks.push(Buffer.from(line.subarray(1)).toString("utf8").trim())
    else {
      entries.push({ identity: line, remarks })
      remarks = []
    }
  }
  return entries
}

async function readEntry(entry: Entry): Promise<Imported[]> {
  const { kind, secret } = decodeIdentity(entry.identity)
  using privateKey = secret
  if (kind !== "x25519") throw invalid("a post-quantum identity: a vault has no such algorithm")
  const parts = { kind, privateKey: privateKey.bytes } as const
  requireOwnRecipient(entry, parts)
  return [{ ...(await importPrivateKey(parts, commentOf(entry))), purpose: "encryption" }]
}

/** Whoever believes a remark encrypts for somebody else's key. */
function requireOwnRecipient({ remarks }: Entry, parts: EdwardsPrivateParts): void {
  const named = remarks.findLast((remark) => remark.startsWith(publicKeyRemark))?.slice(publicKeyRemark.length)
  if (named !== undefined && named !== x25519RecipientText(edwardsPublicKeyOf(parts))) {
    throw invalid("the public key above an identity is of another one")
  }
}

function commentOf({ remarks }: Entry): string | null {
  const own = remarks.filter((remark) => !remark.startsWith(publicKeyRemark) && !remark.startsWith(madeRemark))
  return own.findLast((remark) => remark !== "") ?? null
}

/** Writes an identity file as age-keygen does, with the key's name above. The caller wipes it. */
export function writeIdentityFile(parts: EdwardsPrivateParts, comment: string | null): Uint8Array<ArrayBuffer> {
  const name = oneLine(comment ?? "")
  const publicKey = `# ${publicKeyRemark}${x25519RecipientText(edwardsPublicKeyOf(parts))}\n`
  using secret = Secret.copyOf(parts.privateKey)
  using identity = new Secret(encodeIdentity({ kind: "x25519", secret }))
  const remarks = name === "" ? publicKey : `# ${name}\n${publicKey}`
  return concatenated([Buffer.from(remarks), identity.bytes, Buffer.from("\n")])
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `age identities: ${reason}`)
}
