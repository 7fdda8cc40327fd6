import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { encryptedFormats, isEncryptedFormat, isOpenFormat, openFormats } from "../../domain/key-format.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { placeOf } from "../key-use/log-use.ts"
import { findKey } from "./find-key.ts"
import { exportFields, type KeyOfVersion, subkeysToLeave, withCertificate } from "./openpgp-certificate.ts"
import { requireMayLeave } from "./require-may-leave.ts"

type Protection = Exclude<InputOf<"key.export">["protection"], { kind: "public" }>
type Wrapping = Extract<Protection, { kind: "wrapped" }>

export interface ExportParts {
  readonly session: Session<OpenVault>
  readonly crypto: KeyCrypto
  /** Asked again before anything leaves in the clear. @throws `WRONG_PASSPHRASE` when it does not open the open vault */
  readonly requirePassphrase: (passphrase: Secret) => Promise<void>
}

interface Left {
  readonly exported: Uint8Array<ArrayBuffer>
  /** The keys that are in it, the one that was asked for first. */
  readonly left: readonly KeyOfVersion[]
  /** What a person should know of the file, without secrets. */
  readonly warnings: readonly string[]
}

/** The private half of a key, or a symmetric key, as it is to leave. @throws as `exportKey` */
export async function exportPrivateKey(
  vault: OpenVault,
  parts: ExportParts,
  asked: KeyOfVersion,
  format: KeyFormat,
  protection: Protection,
): Promise<Left> {
  const { key, version } = asked
  const inTheClear = protection.kind === "plaintext"
  requireMayLeave(vault, key, version, inTheClear)
  if (protection.kind === "wrapped") {
    return { exported: await wrapped(vault, parts.crypto, asked, format, protection), left: [asked], warnings: [] }
  }
  using passphrase = "passphrase" in protection ? new Secret(protection.passphrase) : null
  requireFormatFits(format, protection.kind, asked)
  if (protection.kind === "plaintext" && passphrase !== null) {
    if (!protection.confirmed) throw new VaultError("CONFIRMATION_REQUIRED", `${key.name} would leave unencrypted`)
    await parts.requirePassphrase(passphrase)
  }
  // The passphrase took its time: what was tightened meanwhile counts.
  requireMayLeave(vault, findKey(vault, key.id), version, inTheClear)
  const certified = format === "openpgp" ? await withCertificate(vault, parts.crypto, asked) : version
  const left = { key, version: certified }
  const { leaving: subkeys, staying: warnings } =
    format === "openpgp" ? subkeysToLeave(vault, parts.crypto, left, inTheClear) : { leaving: [], staying: [] }
  const under = protection.kind === "encrypted" ? passphrase : null
  using file = await written(vault, parts.crypto, left, subkeys, format, under)
  const exported =
    protection.kind === "recipients"
      ? await parts.crypto.encryptFor(protection.recipients, file)
      : Secret.copyOf(file.bytes).bytes
  return { exported, left: [left, ...subkeys], warnings }
}

async function written(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: KeyOfVersion,
  subkeys: readonly KeyOfVersion[],
  format: KeyFormat,
  passphrase: Secret | null,
): Promise<Secret> {
  using opened = new DisposableStack()
  const whole = async (each: KeyOfVersion) => ({
    ...exportFields(each),
    material: opened.use(await vault.materials.open(placeOf(each.key, each.version.version), null)),
  })
  const primary = await whole(key)
  const others = []
  for (const subkey of subkeys) others.push(await whole(subkey))
  return await crypto.exportPrivate({ ...primary, subkeys: others }, format, passphrase)
}

/** To another's public key, as the cloud key services ask for when a key is brought along. */
async function wrapped(
  vault: OpenVault,
  crypto: KeyCrypto,
  { key, version }: KeyOfVersion,
  format: KeyFormat,
  protection: Wrapping,
): Promise<Uint8Array<ArrayBuffer>> {
  if (format !== "pkcs8-der" && format !== "raw") {
    throw new VaultError("INVALID_INPUT", "format: a key leaves wrapped as pkcs8-der or raw")
  }
  const { algorithm, publicKey } = crypto.readPublicKey(protection.publicKey)
  const mechanism = crypto.chosenMechanism(algorithm, "wrap", protection.mechanism)
  using material = await vault.materials.open(placeOf(key, version.version), null)
  using encoded = await crypto.exportPrivate({ algorithm: key.algorithm, material, comment: null }, format, null)
  return new Uint8Array(await crypto.wrapMaterial(algorithm, mechanism, publicKey, encoded.bytes))
}

function requireFormatFits(format: KeyFormat, kind: Exclude<Protection["kind"], "wrapped">, key: KeyOfVersion): void {
  if (kind === "encrypted" ? isEncryptedFormat(format) : isOpenFormat(format)) return
  throw new VaultError("INVALID_INPUT", `format: ${format} ${misfit(format, kind, key)}`)
}

function misfit(
  format: KeyFormat,
  kind: Exclude<Protection["kind"], "wrapped">,
  { key, version }: KeyOfVersion,
): string {
  if (!isOpenFormat(format) && !isEncryptedFormat(format)) return "holds a public key only"
  if (kind === "recipients") return `takes a passphrase; for a recipient use one of ${openFormats.join(", ")}`
  if (kind === "plaintext") return "is encrypted"
  if (version.publicKey !== null) return `is not encrypted; use one of ${encryptedFormats.join(", ")}`
  return `is not encrypted; use ${key.algorithm === "secret" ? "age" : "jwe"}, or let it leave for a recipient (--to)`
}
