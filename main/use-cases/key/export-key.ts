import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import {
  encryptedFormats,
  isEncryptedFormat,
  isOpenFormat,
  isPublicFormat,
  publicFormats,
} from "../../domain/key-format.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { placeOf } from "../key-use/log-use.ts"
import { findKey } from "./find-key.ts"
import { requireMayLeave } from "./require-may-leave.ts"

type Protection = InputOf<"key.export">["protection"]

interface Parts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
  /** Asked again before anything leaves in the clear. @throws `WRONG_PASSPHRASE` when it does not open the open vault */
  readonly requirePassphrase: (passphrase: Secret) => Promise<void>
}

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
  if (!isPublicFormat(format)) {
    throw new VaultError("INVALID_INPUT", `format: a public key leaves as ${publicFormats.join(", ")}`)
  }
  if (version.publicKey === null)
    throw new VaultError("INVALID_INPUT", `${key.name} has no public key: it is ${key.algorithm}`)
  const { algorithm, name: comment } = key
  return new Uint8Array(crypto.exportPublic({ algorithm, publicKey: version.publicKey, comment }, format))
}

async function privateHalf(
  vault: OpenVault,
  parts: Parts,
  key: Key,
  version: KeyVersion,
  format: KeyFormat,
  protection: Exclude<Protection, { kind: "public" }>,
): Promise<Uint8Array<ArrayBuffer>> {
  const inTheClear = protection.kind === "plaintext"
  requireMayLeave(key, version, inTheClear)
  if (protection.kind === "wrapped") return await wrapped(vault, parts, key, version, format, protection)
  using passphrase = new Secret(protection.passphrase)
  requireFormatFits(format, protection.kind, version)
  if (inTheClear) {
    if (!protection.confirmed) throw new VaultError("CONFIRMATION_REQUIRED", `${key.name} would leave unencrypted`)
    await parts.requirePassphrase(passphrase)
  }
  // The passphrase took its time: what was tightened meanwhile counts.
  requireMayLeave(findKey(vault, key.id), version, inTheClear)
  using material = vault.materials.open(placeOf(key, version.version))
  const { algorithm, purpose, name: comment } = key
  const { createdAt, attachments } = version
  const exported = await parts.crypto.exportPrivate(
    { algorithm, material, comment, createdAt, purpose, attachments },
    format,
    inTheClear ? null : passphrase,
  )
  return exported.bytes
}

/** To another's public key, as the cloud key services ask for when a key is brought along. */
async function wrapped(
  vault: OpenVault,
  { crypto }: Parts,
  key: Key,
  { version }: KeyVersion,
  format: KeyFormat,
  protection: Extract<Protection, { kind: "wrapped" }>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format !== "pkcs8-der" && format !== "raw") {
    throw new VaultError("INVALID_INPUT", "format: a key leaves wrapped as pkcs8-der or raw")
  }
  const { algorithm, publicKey } = crypto.readPublicKey(protection.publicKey)
  const mechanism = crypto.chosenMechanism(algorithm, "wrap", protection.mechanism)
  using material = vault.materials.open(placeOf(key, version))
  using encoded = await crypto.exportPrivate({ algorithm: key.algorithm, material, comment: null }, format, null)
  return new Uint8Array(await crypto.wrapMaterial(algorithm, mechanism, publicKey, encoded.bytes))
}

function requireFormatFits(format: KeyFormat, kind: "encrypted" | "plaintext", { publicKey }: KeyVersion): void {
  const fits = kind === "encrypted" ? isEncryptedFormat(format) : isOpenFormat(format)
  if (fits) return
  if (isPublicFormat(format) && !isOpenFormat(format)) {
    throw new VaultError("INVALID_INPUT", `format: ${format} holds a public key only`)
  }
  const instead =
    publicKey === null ? "wrap it to a public key (--to) instead" : `use one of ${encryptedFormats.join(", ")}`
  const detail = kind === "encrypted" ? `is not encrypted; ${instead}` : "is encrypted"
  throw new VaultError("INVALID_INPUT", `format: ${format} ${detail}`)
}
