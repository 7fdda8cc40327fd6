import { Secret } from "../../../domain/secret.ts"
import { VaultError } from "../../../domain/vault-error.ts"
import {
  disposeOf,
  type Imported,
  type ImportedKey,
  importPrivateKey,
  type ReadOptions,
  requirePassphrase,
  wrongPassphrase,
} from "../imported-key.ts"
import { algorithmOf } from "../key-parts.ts"
import { type Component, isSecretComponent, type TransferableKey } from "./certificate.ts"
import { type CheckedCertificate, type CheckedKey, checkCertificate, claimedUserId } from "./certificate-check.ts"
import { supportedParts } from "./key-packet.ts"
import { purposeOf } from "./key-purpose.ts"
import { openSecretPart } from "./secret-decryption.ts"
import { readSecretFields } from "./secret-fields.ts"
import { readSecretPart, type SecretPart } from "./secret-part.ts"
import type { WorkBudget } from "./work-budget.ts"

/** A secret key that can be taken, once its secret part is open and fits. */
interface Candidate extends CheckedKey {
  readonly part: Exclude<SecretPart, { kind: "absent" }>
}

interface Found {
  readonly candidate: Candidate | VaultError
  readonly comment: string | null
}

/**
 * Reads every secret key of a transferable key, primary and sub: each with the whole certificate, or with the reason why
 * it can't be taken. The certificate is checked before any secret is opened.
 *
 * @throws INVALID_INPUT when a passphrase is needed and there is none
 */
export async function readTransferableKey(
  transferable: TransferableKey,
  options: ReadOptions,
  budget: WorkBudget,
): Promise<{ imported: Imported[]; remarks: readonly string[] }> {
  const secret = transferable.components.filter(isSecretComponent)
  const certificate = await orRefusal(async () => await checkCertificate(transferable, budget))
  if (certificate instanceof VaultError) {
    const comment = claimedUserId(transferable)
    return { imported: secret.map(() => ({ comment, refusal: certificate })), remarks: [] }
  }
  const found: Found[] = []
  for (const component of secret) {
    const candidate = await orRefusal(async () => candidateOf(component, certificate, budget))
    found.push({ candidate, comment: commentOf(component, certificate) })
  }
  const isLocked = found.some(({ candidate }) => "part" in candidate && candidate.part.kind === "encrypted")
  if (isLocked) requirePassphrase(options)
  return { imported: await openAll(found, certificate, options), remarks: certificate.remarks }
}

/** @throws INVALID_INPUT with the reason why a key can't be taken */
function candidateOf(component: Component, { keys }: CheckedCertificate, budget: WorkBudget): Candidate {
  if (component.kind === "unread") throw component.refusal
  if (component.kind === "user" || component.key.secretPart === null) throw new Error("not a secret key")
  algorithmOf(supportedParts(component.key))
  const checked = keys.find(({ key }) => key === component.key)
  if (checked === undefined) throw invalid("no valid signature binds it to its primary key")
  const part = readSecretPart(component.key, component.key.secretPart)
  if (part.kind === "absent") throw invalid(part.reason)
  if (part.kind === "encrypted" && part.protection.derivation.kind === "argon2") {
    budget.spendArgon2(part.protection.derivation)
  }
  return { ...checked, part }
}

async function openAll(
  found: readonly Found[],
  certificate: CheckedCertificate,
  options: ReadOptions,
): Promise<Imported[]> {
  const imported: Imported[] = []
  try {
    for (const { candidate, comment } of found) {
      const opened =
        "part" in candidate ? await orRefusal(async () => await openKey(candidate, certificate, options)) : candidate
      imported.push(opened instanceof VaultError ? { comment, refusal: opened } : { ...opened, comment })
    }
    return imported
  } catch (error) {
    disposeOf(imported)
    throw error
  }
}

/** @throws WRONG_PASSPHRASE; INVALID_INPUT when the secret part is damaged, or of another key than the public part */
async function openKey(
  { key, flags, part }: Candidate,
  { content }: CheckedCertificate,
  options: ReadOptions,
): Promise<ImportedKey> {
  using owned = new DisposableStack()
  using fields =
    part.kind === "open" ? Secret.copyOf(part.fields) : await openSecretPart(part, key, requirePassphrase(options))
  if (fields === null) throw wrongPassphrase()
  const found = await importPrivateKey(readSecretFields(key, fields.bytes, owned), null)
  const attachment = { kind: "openpgp" as const, content, fingerprint: key.fingerprint }
  return { ...found, purpose: purposeOf(key, flags), attachments: [attachment] }
}

/** The primary user, and of a subkey what it is for. */
function commentOf(component: Component, { userId, keys }: CheckedCertificate): string | null {
  const checked = keys.find(({ key }) => component.kind === "key" && key === component.key)
  if (checked?.key.isPrimary === true) return userId
  const job = checked === undefined ? "" : `${jobOf(checked)} `
  return `${userId ?? ""} (${job}subkey)`.trimStart()
}

function jobOf({ key, flags }: CheckedKey): string {
  switch (purposeOf(key, flags)) {
    case "signature":
      return "signing"
    case "authentication":
      return "authentication"
    default:
      return "encryption"
  }
}

/** What a person can act on is a result for one key of several; everything else is thrown. */
async function orRefusal<Result>(attempt: () => Promise<Result>): Promise<Result | VaultError> {
  try {
    return await attempt()
  } catch (error) {
    const isRefusal =
      error instanceof VaultError && (error.code === "INVALID_INPUT" || error.code === "WRONG_PASSPHRASE")
    if (isRefusal) return error
    throw error
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenPGP key: ${reason}`)
}
