import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { inVault, tokenUriOf } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { requireMayLeave } from "../key/require-may-leave.ts"
import { usableVersion } from "../policy/require-policy.ts"
import { logSeal, logUse, placeOf } from "./log-use.ts"
import { sealUnderKey } from "./seal-under-key.ts"
import { requireWraps, unwrapForeignInToken, wrapInToken } from "./token-seal.ts"
import { type KeyWork, mechanismFor, type TokenUseParts, workOf } from "./token-use.ts"

/** Wrapping keys, and encryption keys as the cloud key services allow it. */
export const wrapping = ["wrap", "encrypt"] as const

interface ToWrap {
  readonly secret: Secret
  /** The key that leaves, wrapped; `null` for bytes from outside. */
  readonly key: Key | null
  readonly version: number | null
}

/**
 * Wraps a key of the vault, or bytes, under another key: as a token, or as other programs do.
 * @throws `NOT_FOUND`, `POLICY_DENIED` also when the wrapped key must not leave, `STATE_DENIED`, `INVALID_INPUT`
 */
export function wrapKey(parts: TokenUseParts) {
  return async (input: InputOf<"key.wrap">): Promise<OutputOf<"key.wrap">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault } = work
    const key = findKey(vault, input.name)
    // The PIN is that of the key that wraps.
    using _ = key.location === inVault ? await vault.materials.reach(key.keyringId, pin) : null
    const { secret, ...wrapped } = await toWrap(vault, input)
    using owned = secret
    const made = await wrapUnder(work, key, owned.bytes, input)
    const { version, mechanism } = made
    const wraps = wrapped.key === null ? {} : { wraps: wrapped.key.name, wrapsId: wrapped.key.id }
    logSeal(vault, key, "key.wrap", made, { mechanism, ...wraps })
    if (wrapped.key !== null) {
      logUse(vault, wrapped.key, "key.wrap", { version: wrapped.version, mechanism, wrappedBy: key.name })
    }
    return { keyId: key.id, keyVersion: version, mechanism, wrapped: made.wrapped, isToken: made.isToken }
  }
}

async function toWrap(vault: OpenVault, { secret }: InputOf<"key.wrap">): Promise<ToWrap> {
  if ("bytes" in secret) return { secret: new Secret(secret.bytes), key: null, version: null }
  const key = findKey(vault, secret.key)
  const version = versionOf(key, secret.version ?? key.currentVersion)
  requireMayLeave(vault, key, version, false)
  return { secret: await vault.materials.open(placeOf(key, version.version), null), key, version: version.version }
}

interface Wrapped {
  readonly wrapped: Uint8Array<ArrayBuffer>
  readonly isToken: boolean
  readonly version: number
  readonly mechanism: Mechanism
}

async function wrapUnder(
  work: KeyWork,
  key: Key,
  secret: Uint8Array,
  { version: number, mechanism: asked }: Pick<InputOf<"key.wrap">, "version" | "mechanism">,
): Promise<Wrapped> {
  const { vault, crypto } = work
  const version = usableVersion(vault, key, wrapping, number)
  const mechanism = asked && crypto.chosenMechanism(key.algorithm, ["encrypt", "wrap"], asked)
  if (mechanism === undefined || !crypto.isWrapping(key.algorithm, mechanism)) {
    const { token, ...made } = await sealUnderKey(work, key, secret, {
      usages: wrapping,
      version: version.version,
      mechanism,
    })
    return { ...made, wrapped: new Uint8Array(Buffer.from(token)), isToken: true }
  }
  const wrapped = await wrapForOthers(work, key, version, mechanism, secret)
  return { wrapped: new Uint8Array(wrapped), isToken: false, version: version.version, mechanism }
}

/** Asymmetric keys wrap with their public half; the private one need not be touched, nor its token be there. */
async function wrapForOthers(
  work: KeyWork,
  key: Key,
  version: KeyVersion,
  mechanism: Mechanism,
  secret: Uint8Array,
): Promise<Uint8Array> {
  const { vault, crypto, pin } = work
  const { publicKey } = version
  if (publicKey !== null) return await crypto.wrapMaterial(key.algorithm, mechanism, publicKey, secret)
  const uri = tokenUriOf(version)
  if (uri !== null) {
    requireWraps(key)
    return await wrapInToken(work, uri, secret)
  }
  using kek = await vault.materials.open(placeOf(key, version.version), pin)
  return await crypto.wrapMaterial(key.algorithm, mechanism, kek.bytes, secret)
}

/**
 * Opens what another program wrapped under a key of the vault.
 * @throws `INTEGRITY_FAILED` when it does not open, `STATE_DENIED`, `POLICY_DENIED`
 */
export async function unwrapForeign(
  work: KeyWork,
  key: Key,
  wrapped: Uint8Array,
  {
    version: number,
    mechanism: asked,
    reason,
  }: {
    readonly version?: number | undefined
    readonly mechanism?: Mechanism | undefined
    readonly reason?: string | undefined
  },
): Promise<{ readonly secret: Secret; readonly version: number; readonly mechanism: Mechanism }> {
  const chosen = usableVersion(work.vault, key, ["unwrap", "decrypt"], number, reason)
  const { version } = chosen
  const mechanism = mechanismFor(work.crypto, key, chosen, "wrap", asked)
  const secret = await unwrapped(work, key, chosen, mechanism, wrapped)
  if (secret === null) {
    throw new VaultError("INTEGRITY_FAILED", `it does not open with version ${version} of ${key.name} and ${mechanism}`)
  }
  return { secret, version, mechanism }
}

async function unwrapped(
  work: KeyWork,
  key: Key,
  version: KeyVersion,
  mechanism: Mechanism,
  wrapped: Uint8Array,
): Promise<Secret | null> {
  const uri = tokenUriOf(version)
  if (uri !== null) return await unwrapForeignInToken(work, key, uri, mechanism, wrapped)
  using material = await work.vault.materials.open(placeOf(key, version.version), work.pin)
  return await work.crypto.unwrapMaterial(key.algorithm, mechanism, material.bytes, wrapped)
}
