import type { Mechanism, Usage } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionForUse } from "../../domain/key-use.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { timeOf } from "../key/key-object.ts"
import { encodeToken } from "./ciphertext-token.ts"
import { placeOf } from "./log-use.ts"

export interface SealedToken {
  readonly token: string
  readonly version: number
  readonly mechanism: Mechanism
}

interface SealRequest {
  /** Any one of these permits it. */
  readonly usages: readonly Usage[]
  readonly version?: number | undefined
  readonly mechanism?: Mechanism | undefined
}

/** Encrypts under a version of a key and gives the token that says which. The plaintext stays the caller's to wipe. */
export async function sealUnderKey(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  plaintext: Uint8Array,
  { usages, version: number, mechanism: asked }: SealRequest,
): Promise<SealedToken> {
  const version = versionForUse(key, usages, timeOf(vault), number)
  const mechanism = crypto.chosenMechanism(key.algorithm, "encrypt", asked)
  const sealed = await sealUnderVersion(vault, crypto, key, version, mechanism, plaintext)
  return {
    token: encodeToken({ keyId: key.id, version: version.version, sealed }),
    version: version.version,
    mechanism,
  }
}

/** Asymmetric keys encrypt to their public half; the private one need not be touched. */
export async function sealUnderVersion(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  { version, publicKey }: KeyVersion,
  mechanism: Mechanism,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const aad = crypto.ciphertextAad(vault.vaultId, key.id, version)
  if (publicKey !== null) return crypto.encrypt(key.algorithm, mechanism, publicKey, plaintext, aad)
  using material = vault.materials.open(placeOf(key, version))
  return await crypto.encrypt(key.algorithm, mechanism, material.bytes, plaintext, aad)
}

interface OpenRequest {
  readonly usages: readonly Usage[]
  readonly version: number
  readonly mechanism?: Mechanism | undefined
}

/** @throws `STATE_DENIED`, `POLICY_DENIED`; `INTEGRITY_FAILED` when the ciphertext does not open */
export async function openUnderKey(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  sealed: Uint8Array,
  { usages, version: number, mechanism: asked }: OpenRequest,
): Promise<Secret> {
  const { version } = versionForUse(key, usages, timeOf(vault), number)
  const mechanism = crypto.chosenMechanism(key.algorithm, "encrypt", asked)
  using material = vault.materials.open(placeOf(key, version))
  const aad = crypto.ciphertextAad(vault.vaultId, key.id, version)
  const plaintext = await crypto.decrypt(key.algorithm, mechanism, material.bytes, sealed, aad)
  if (plaintext === null) {
    throw new VaultError("INTEGRITY_FAILED", `the ciphertext does not open with version ${version} of ${key.name}`)
  }
  return plaintext
}

/** Tries versions one after the other. @throws as `openUnderKey`, with the last one's words */
export async function openUnderOneOf(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  sealed: Uint8Array,
  { versions, ...request }: Omit<OpenRequest, "version"> & { readonly versions: readonly number[] },
): Promise<{ readonly plaintext: Secret; readonly version: number }> {
  const [version, ...others] = versions
  if (version === undefined) throw new Error("there is no version to try")
  try {
    return { plaintext: await openUnderKey(vault, crypto, key, sealed, { ...request, version }), version }
  } catch (error) {
    if (others.length === 0 || !(error instanceof VaultError && error.code === "INTEGRITY_FAILED")) throw error
    return await openUnderOneOf(vault, crypto, key, sealed, { ...request, versions: others })
  }
}
