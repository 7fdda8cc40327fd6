import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { FileIdentity, KeyPlace } from "../../domain/file-crypto.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { excuse, logUse, placeOf } from "../key-use/log-use.ts"
import { openUnderKey } from "../key-use/seal-under-key.ts"
import { type KeyWork, workOf } from "../key-use/token-use.ts"
import { usableVersion, usableVersions } from "../policy/require-policy.ts"
import type { FileParts } from "./encrypt-file.ts"

interface Opener {
  readonly identity: FileIdentity
  /** Which key of the vault it is; `null` of a passphrase. Of a file's own choice, known once it has opened it. */
  readonly key: () => { readonly key: Key; readonly version: number } | null
}

/**
 * Decrypts a file of any size in the age format, by whichever key of the vault it is for, or by a passphrase. The row is in
 * the log before anything is decrypted.
 * @throws `NOT_FOUND` when no key of the vault opens it; `WRONG_PASSPHRASE`, `STATE_DENIED`, `POLICY_DENIED`,
 *   `INTEGRITY_FAILED`, `ALREADY_EXISTS`, `INVALID_INPUT`, `IO_ERROR`
 */
export function decryptFile(parts: FileParts) {
  return async (input: InputOf<"file.decrypt">): Promise<OutputOf<"file.decrypt">> => {
    const { name, filePassphrase, reason, pin: pinBytes, ...work } = input
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    using pin = pinBytes === undefined ? null : new Secret(pinBytes)
    const keyWork = workOf(parts, pin)
    const { vault } = keyWork
    const away: VaultError[] = []
    const openers = passphrase === null ? keyOpeners(keyWork, { name, reason }, away) : [passphraseOpener(passphrase)]
    const identities = openers.map(({ identity }) => identity)
    let opener: ReturnType<Opener["key"]> = null
    const opened = await parts.files.decryptFile(work, identities, (identity) => {
      opener = openers.find((each) => each.identity === identity)?.key() ?? null
      record(vault, opener, reason)
    })
    if (!opened) throw away[0] ?? notFor(name, passphrase)
    return { path: work.output, ...keyField(opener) }
  }
}

interface Asked {
  readonly name: string | undefined
  /** Why what a compromised version protects is opened. */
  readonly reason: string | undefined
}

/** @param away - told of tokens without which it can't be known whether a key opens the file */
function keyOpeners(work: KeyWork, { name, reason }: Asked, away: VaultError[]): readonly Opener[] {
  const { vault } = work
  const only = name === undefined ? null : findKey(vault, name)
  if (only !== null) usableVersions(vault, only, ["decrypt"], undefined, reason)
  const keys = only === null ? vault.keys.list({ purpose: "encryption", limit: 100_000 }) : [only]
  const private_ = keys
    .filter(({ algorithm }) => algorithm === "x25519")
    .flatMap((key) => privateOpeners(only === null ? { ...work, pin: null } : work, key, reason, away))
  const missing: Opener = { identity: { kind: "missing-passphrase" }, key: () => null }
  return [vaultKeyOpener(work, only, reason), ...private_, missing]
}

/** An opener for each version that may still decrypt. */
function privateOpeners(
  { vault, pin }: KeyWork,
  key: Key,
  reason: string | undefined,
  away: VaultError[],
): readonly Opener[] {
  try {
    return usableVersions(vault, key, ["decrypt"], undefined, reason).map(({ version }) => ({
      identity: {
        kind: "private-key",
        open: () => vault.materials.open(placeOf(key, version), pin).catch((error: unknown) => noteAway(error, away)),
      },
      key: () => ({ key, version }),
    }))
  } catch (error) {
    if (error instanceof VaultError) return []
    throw error
  }
}

/** Others may open the file, or one of a keyring whose token is there. */
function noteAway(error: unknown, away: VaultError[]): null {
  if (!(error instanceof VaultError && /^(TOKEN|PIN)_/.test(error.code))) throw error
  away.push(error)
  return null
}

/** The file names the key. */
function vaultKeyOpener(work: KeyWork, only: Key | null, reason: string | undefined): Opener {
  const { vault } = work
  let opened: ReturnType<Opener["key"]> = null
  const open = async ({ keyId, version: number }: KeyPlace, sealed: Uint8Array): Promise<Secret | null> => {
    if (vault.keys.findById(keyId) === null || (only !== null && only.id !== keyId)) return null
    const key = findKey(vault, keyId)
    const { version } = usableVersion(vault, key, ["decrypt"], number, reason)
    const fileKey = await openUnderKey(work, key, sealed, { usages: ["decrypt"], version, reason })
    opened = { key, version }
    return fileKey
  }
  return { identity: { kind: "vault-key", open }, key: () => opened }
}

function passphraseOpener(passphrase: Secret): Opener {
  return { identity: { kind: "passphrase", passphrase }, key: () => null }
}

function record(vault: OpenVault, opener: ReturnType<Opener["key"]>, reason: string | undefined): void {
  if (opener !== null) {
    logUse(vault, opener.key, "file.decrypt", { version: opener.version, ...excuse(reason) })
    return
  }
  vault.journal.record(() => ({ entry: { action: "file.decrypt", target: null, detail: {} }, result: undefined }))
}

function keyField(opener: ReturnType<Opener["key"]>): Pick<OutputOf<"file.decrypt">, "key"> {
  if (opener === null) return {}
  const { key, version } = opener
  return { key: { name: key.name, keyId: key.id, keyVersion: version } }
}

function notFor(name: string | undefined, passphrase: Secret | null): VaultError {
  if (passphrase !== null) return new VaultError("WRONG_PASSPHRASE", "the file does not open with this passphrase")
  const others = name === undefined ? "others" : `others, not for ${name}`
  return new VaultError("NOT_FOUND", `a key that opens the file, which is encrypted for ${others}`)
}
