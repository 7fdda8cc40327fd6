import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyFormat, KeyState } from "../../../preload/contract/values.ts"
import { requireExportable } from "../../domain/exportable.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "./find-key.ts"

type Protection = InputOf<"key.export">["protection"]

interface Parts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
  /** Asked again before anything leaves in the clear. @throws `WRONG_PASSPHRASE` when it does not open the open vault */
  readonly requirePassphrase: (passphrase: Secret) => Promise<void>
}

const publicFormats = ["spki-pem", "openssh", "jwk"] as const
const encryptedFormats: readonly KeyFormat[] = ["pkcs8-encrypted", "openssh-encrypted"]

/**
 * Lets a key out: its public half, its material encrypted under a passphrase, or in the clear. The row is in the log
 * before the bytes leave.
 * @throws `POLICY_DENIED`, `CONFIRMATION_REQUIRED`, `WRONG_PASSPHRASE`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function exportKey({ session, crypto, requirePassphrase }: Parts) {
  return async ({
    name,
    version: number,
    format,
    protection,
  }: InputOf<"key.export">): Promise<OutputOf<"key.export">> => {
    const vault = session.current()
    const key = findKey(vault, name)
    const version = versionOf(key, number ?? key.currentVersion)
    const exported =
      protection.kind === "public"
        ? publicHalf(crypto, key, version, format)
        : await privateHalf(vault, { session, crypto, requirePassphrase }, key, version, format, protection)
    vault.journal.record(() => ({
      entry: {
        action: "key.export",
        target: key.name,
        usedKeyId: key.id,
        detail: { version: version.version, format, protection: protection.kind },
      },
      result: undefined,
    }))
    return { exported, format, name: key.name, version: version.version }
  }
}

function publicHalf(crypto: KeyCrypto, key: Key, version: KeyVersion, format: KeyFormat): Uint8Array<ArrayBuffer> {
  const publicFormat = publicFormats.find((each) => each === format)
  if (publicFormat === undefined) {
    throw new VaultError("INVALID_INPUT", `format: a public key leaves as ${publicFormats.join(", ")}`)
  }
  if (version.publicKey === null)
    throw new VaultError("INVALID_INPUT", `${key.name} has no public key: it is ${key.algorithm}`)
  const { algorithm, name: comment } = key
  return new Uint8Array(crypto.exportPublic({ algorithm, publicKey: version.publicKey, comment }, publicFormat))
}

async function privateHalf(
  vault: OpenVault,
  { crypto, requirePassphrase }: Parts,
  key: Key,
  { version, state }: KeyVersion,
  format: KeyFormat,
  protection: Exclude<Protection, { kind: "public" }>,
): Promise<Uint8Array<ArrayBuffer>> {
  using passphrase = new Secret(protection.passphrase)
  requireLeavable(key.name, key.state)
  requireLeavable(`version ${version} of ${key.name}`, state)
  requireExportable(key.name, key.exportable, protection.kind === "plaintext")
  requireFormatFits(format, protection.kind)
  if (protection.kind === "plaintext") {
    if (!protection.confirmed) throw new VaultError("CONFIRMATION_REQUIRED", `${key.name} would leave unencrypted`)
    await requirePassphrase(passphrase)
  }
  // The passphrase took its time: what was tightened meanwhile counts.
  requireExportable(key.name, findKey(vault, key.id).exportable, protection.kind === "plaintext")
  const { algorithm, name: comment } = key
  using material = vault.materials.open({ keyId: key.id, version, algorithm, keyringId: key.keyringId })
  const wrapping = protection.kind === "encrypted" ? passphrase : null
  const exported = await crypto.exportPrivate({ algorithm, material, comment }, format, wrapping)
  return exported.bytes
}

const staying: readonly KeyState[] = ["suspended", "compromised", "pending-destruction", "destroyed"]

/** A key that is out of use does not start a second life elsewhere. */
function requireLeavable(what: string, state: KeyState): void {
  if (staying.includes(state)) throw new VaultError("STATE_DENIED", `${what} is ${state}`)
}

function requireFormatFits(format: KeyFormat, kind: "encrypted" | "plaintext"): void {
  if (format === "spki-pem") throw new VaultError("INVALID_INPUT", "format: spki-pem holds a public key only")
  if (encryptedFormats.includes(format) !== (kind === "encrypted")) {
    const detail = kind === "encrypted" ? `is not encrypted; use ${encryptedFormats.join(" or ")}` : "is encrypted"
    throw new VaultError("INVALID_INPUT", `format: ${format} ${detail}`)
  }
}
