import type { Mechanism, Usage } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { usableVersion } from "../policy/require-policy.ts"
import { encodeToken } from "./ciphertext-token.ts"
import { placeOf } from "./log-use.ts"
import { openInToken, sealInToken } from "./token-seal.ts"
import { type KeyWork, mechanismFor } from "./token-use.ts"

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
  work: KeyWork,
  key: Key,
  plaintext: Uint8Array,
  { usages, version: number, mechanism: asked }: SealRequest,
): Promise<SealedToken> {
  const version = usableVersion(work.vault, key, usages, number)
  const chosen = mechanismFor(work.crypto, key, version, "encrypt", asked)
  const { sealed, mechanism } = await sealUnderVersion(work, key, version, chosen, plaintext)
  return {
    token: encodeToken({ keyId: key.id, version: version.version, sealed }),
    version: version.version,
    mechanism,
  }
}

/** Asymmetric keys encrypt to their public half; the private one need not be touched, nor its token be there. */
export async function sealUnderVersion(
  work: KeyWork,
  key: Key,
  version: KeyVersion,
  mechanism: Mechanism,
  plaintext: Uint8Array,
): Promise<{ readonly sealed: Uint8Array; readonly mechanism: Mechanism }> {
  const { vault, crypto, pin } = work
  const { publicKey } = version
  const aad = crypto.ciphertextAad(vault.vaultId, key.id, version.version)
  if (publicKey !== null) {
    return { sealed: await crypto.encrypt(key.algorithm, mechanism, publicKey, plaintext, aad), mechanism }
  }
  const uri = tokenUriOf(version)
  if (uri !== null) return await sealInToken(work, key, uri, plaintext, aad)
  using material = await vault.materials.open(placeOf(key, version.version), pin)
  return { sealed: await crypto.encrypt(key.algorithm, mechanism, material.bytes, plaintext, aad), mechanism }
}

interface OpenRequest {
  readonly usages: readonly Usage[]
  readonly version: number
  readonly mechanism?: Mechanism | undefined
  /** Why it is opened though its version is compromised. */
  readonly reason?: string | undefined
}

/** @throws `STATE_DENIED`, `POLICY_DENIED`; `INTEGRITY_FAILED` when the ciphertext does not open; as the token does */
export async function openUnderKey(
  work: KeyWork,
  key: Key,
  sealed: Uint8Array,
  { usages, version: number, mechanism: asked, reason }: OpenRequest,
): Promise<Secret> {
  const version = usableVersion(work.vault, key, usages, number, reason)
  const mechanism = mechanismFor(work.crypto, key, version, "encrypt", asked)
  const plaintext = await openUnderVersion(work, key, version, mechanism, sealed)
  if (plaintext === null) {
    throw new VaultError(
      "INTEGRITY_FAILED",
      `the ciphertext does not open with version ${version.version} of ${key.name}`,
    )
  }
  return plaintext
}

/** `null` when it does not open. */
export async function openUnderVersion(
  work: KeyWork,
  key: Key,
  version: KeyVersion,
  mechanism: Mechanism,
  sealed: Uint8Array,
): Promise<Secret | null> {
  const { vault, crypto, pin } = work
  const aad = crypto.ciphertextAad(vault.vaultId, key.id, version.version)
  const uri = tokenUriOf(version)
  if (uri !== null) return await openInToken(work, key, uri, mechanism, sealed, aad)
  using material = await vault.materials.open(placeOf(key, version.version), pin)
  return await crypto.decrypt(key.algorithm, mechanism, material.bytes, sealed, aad)
}

/** Tries versions one after the other. @throws as `openUnderKey`, with the last one's words */
export async function openUnderOneOf(
  work: KeyWork,
  key: Key,
  sealed: Uint8Array,
  { versions, ...request }: Omit<OpenRequest, "version"> & { readonly versions: readonly number[] },
): Promise<{ readonly plaintext: Secret; readonly version: number }> {
  const [version, ...others] = versions
  if (version === undefined) throw new Error("there is no version to try")
  try {
    return { plaintext: await openUnderKey(work, key, sealed, { ...request, version }), version }
  } catch (error) {
    if (others.length === 0 || !(error instanceof VaultError && error.code === "INTEGRITY_FAILED")) throw error
    return await openUnderOneOf(work, key, sealed, { ...request, versions: others })
  }
}
