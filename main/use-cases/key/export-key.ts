import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { isPublicFormat, publicFormats } from "../../domain/key-format.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { logUse } from "../key-use/log-use.ts"
import { usableVersion } from "../policy/require-policy.ts"
import { type ExportParts, exportPrivateKey } from "./export-private-key.ts"
import { findKey } from "./find-key.ts"
import { exportFields, hasCertificate, type KeyOfVersion, withCertificate } from "./openpgp-certificate.ts"

/**
 * Lets a key out: its public half, its material encrypted under a passphrase or for others, or in the clear. The row is in
 * the log before the bytes leave.
 * @throws `POLICY_DENIED`, `CONFIRMATION_REQUIRED`, `WRONG_PASSPHRASE`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function exportKey(parts: ExportParts) {
  return async (input: InputOf<"key.export">): Promise<OutputOf<"key.export">> => {
    const { name, version: number, format, protection } = input
    const vault = parts.session.current()
    const key = findKey(vault, name)
    const version = versionOf(key, number ?? key.currentVersion)
    const itself = { key, version }
    const { exported, left, warnings } =
      protection.kind === "public"
        ? { exported: await publicHalf(vault, parts.crypto, itself, format), left: [itself], warnings: [] }
        : await exportPrivateKey(vault, parts, { key, version }, format, protection)
    for (const each of left) {
      logUse(vault, each.key, "key.export", { version: each.version.version, format, protection: protection.kind })
    }
    const subkeys = left.filter((each) => each.key.id !== key.id).map((each) => each.key.name)
    return {
      exported,
      format,
      name: key.name,
      version: version.version,
      ...(subkeys.length === 0 ? {} : { subkeys }),
      ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    }
  }
}

async function publicHalf(
  vault: OpenVault,
  crypto: KeyCrypto,
  exported: KeyOfVersion,
  format: KeyFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  const { key, version } = exported
  if (!isPublicFormat(format)) {
    throw new VaultError("INVALID_INPUT", `format: a public key leaves as ${publicFormats.join(", ")}`)
  }
  if (version.publicKey === null)
    throw new VaultError("INVALID_INPUT", `${key.name} has no public key: it is ${key.algorithm}`)
  const { algorithm, comment, attachments } = exportFields(
    format === "openpgp" ? await certified(vault, crypto, exported) : exported,
  )
  return new Uint8Array(
    crypto.exportPublic({ algorithm, publicKey: version.publicKey, comment, attachments: attachments ?? [] }, format),
  )
}

/** Who takes a key's certificate wants to see that the key signed it: only one that may sign gets a new one. */
async function certified(vault: OpenVault, crypto: KeyCrypto, exported: KeyOfVersion): Promise<KeyOfVersion> {
  const { key, version } = exported
  if (!hasCertificate(version)) usableVersion(vault, key, ["sign"], version.version)
  return { key, version: await withCertificate(vault, crypto, exported) }
}
