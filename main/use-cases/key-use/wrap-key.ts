import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionOf } from "../../domain/key-state.ts"
import { versionForUse } from "../../domain/key-use.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { requireMayLeave } from "../key/require-may-leave.ts"
import { logUse, placeOf, type UseParts } from "./log-use.ts"
import { sealUnderKey } from "./seal-under-key.ts"

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
export function wrapKey({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.wrap">): Promise<OutputOf<"key.wrap">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { secret, ...wrapped } = toWrap(vault, input)
    using owned = secret
    const made = await wrapUnder(vault, crypto, key, owned.bytes, input)
    const { version, mechanism } = made
    logUse(vault, key, "key.wrap", { version, mechanism, ...(wrapped.key === null ? {} : { wraps: wrapped.key.name }) })
    if (wrapped.key !== null) {
      logUse(vault, wrapped.key, "key.wrap", { version: wrapped.version, mechanism, wrappedBy: key.name })
    }
    return { keyId: key.id, keyVersion: version, mechanism, wrapped: made.wrapped, isToken: made.isToken }
  }
}

function toWrap(vault: OpenVault, { secret }: InputOf<"key.wrap">): ToWrap {
  if ("bytes" in secret) return { secret: new Secret(secret.bytes), key: null, version: null }
  const key = findKey(vault, secret.key)
  const version = versionOf(key, secret.version ?? key.currentVersion)
  requireMayLeave(key, version, false)
  return { secret: vault.materials.open(placeOf(key, version.version)), key, version: version.version }
}

interface Wrapped {
  readonly wrapped: Uint8Array<ArrayBuffer>
  readonly isToken: boolean
  readonly version: number
  readonly mechanism: Mechanism
}

async function wrapUnder(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  secret: Uint8Array,
  { version: number, mechanism: asked }: Pick<InputOf<"key.wrap">, "version" | "mechanism">,
): Promise<Wrapped> {
  const version = versionForUse(key, wrapping, timeOf(vault), number)
  const mechanism = asked && crypto.chosenMechanism(key.algorithm, ["encrypt", "wrap"], asked)
  if (mechanism === undefined || !crypto.isWrapping(key.algorithm, mechanism)) {
    const { token, ...made } = await sealUnderKey(vault, crypto, key, secret, {
      usages: wrapping,
      version: version.version,
      mechanism,
    })
    return { ...made, wrapped: new Uint8Array(Buffer.from(token)), isToken: true }
  }
  using kek = wrappingKey(vault, key, version)
  const wrapped = await crypto.wrapMaterial(key.algorithm, mechanism, kek.bytes, secret)
  return { wrapped: new Uint8Array(wrapped), isToken: false, version: version.version, mechanism }
}

/** Asymmetric keys wrap with their public half; the private one need not be touched. */
function wrappingKey(vault: OpenVault, key: Key, { version, publicKey }: KeyVersion): Secret {
  return publicKey === null ? vault.materials.open(placeOf(key, version)) : Secret.copyOf(publicKey)
}

/**
 * Opens what another program wrapped under a key of the vault.
 * @throws `INTEGRITY_FAILED` when it does not open, `STATE_DENIED`, `POLICY_DENIED`
 */
export async function unwrapForeign(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  wrapped: Uint8Array,
  {
    version: number,
    mechanism: asked,
  }: { readonly version?: number | undefined; readonly mechanism?: Mechanism | undefined },
): Promise<{ readonly secret: Secret; readonly version: number; readonly mechanism: Mechanism }> {
  const { version } = versionForUse(key, ["unwrap", "decrypt"], timeOf(vault), number)
  const mechanism = crypto.chosenMechanism(key.algorithm, "wrap", asked)
  using material = vault.materials.open(placeOf(key, version))
  const secret = await crypto.unwrapMaterial(key.algorithm, mechanism, material.bytes, wrapped)
  if (secret === null) {
    throw new VaultError("INTEGRITY_FAILED", `it does not open with version ${version} of ${key.name} and ${mechanism}`)
  }
  return { secret, version, mechanism }
}
