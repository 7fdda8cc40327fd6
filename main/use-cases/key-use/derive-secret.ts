import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { DerivationRequest, KeyCrypto } from "../../domain/key-crypto.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { requireAllowed, storeNewKey } from "../key/store-new-key.ts"
import { usableVersion } from "../policy/require-policy.ts"
import { logUse, placeOf, type UseParts } from "./log-use.ts"
import { type KeyWork, type TokenUseParts, workOf } from "./token-use.ts"

type New = NonNullable<InputOf<"key.derive">["as"]>

/**
 * Derives a secret from a key, alone (HKDF), with another's public key (Diffie-Hellman), or from what another encapsulated for it, and hands it out or keeps it as
 * a new key. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT`, `ALREADY_EXISTS`
 */
export function deriveFromKey(parts: TokenUseParts) {
  return async (input: InputOf<"key.derive">): Promise<OutputOf<"key.derive">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, input.name)
    const chosen = usableVersion(vault, key, ["derive"], input.version)
    const { version } = chosen
    const mechanism = crypto.chosenMechanism(key.algorithm, "derive", input.mechanism)
    const peer = input.peer === undefined ? null : crypto.readPublicKey(input.peer).publicKey
    const request = { peer, ciphertext: input.ciphertext ?? null, ...bitsOf(input) }
    using derived = await derive(work, key, chosen, mechanism, request)
    const stored = input.as === undefined ? null : await keep(vault, crypto, derived, input.as)
    logUse(vault, key, "key.derive", {
      version,
      mechanism,
      ...(stored === null ? {} : { as: stored.name, asId: stored.id }),
    })
    const about = { keyId: key.id, keyVersion: version, mechanism }
    return stored === null ? { ...about, derived: Secret.copyOf(derived.bytes).bytes } : { ...about, key: stored }
  }
}

async function derive(
  { vault, crypto, tokens, pin }: KeyWork,
  key: Key,
  version: KeyVersion,
  mechanism: Mechanism,
  request: DerivationRequest,
): Promise<Secret> {
  const uri = tokenUriOf(version)
  if (uri === null || !mechanism.startsWith("ecdh")) {
    using material = await vault.materials.open(placeOf(key, version.version), pin)
    return await crypto.deriveSecret(key.algorithm, mechanism, material.bytes, request)
  }
  const { peer } = request
  if (peer === null) throw new VaultError("INVALID_INPUT", "peer: the other side's public key is needed")
  const { algorithm } = crypto.readPublicKey(peer)
  if (algorithm !== key.algorithm)
    throw new VaultError("INVALID_INPUT", `peer: is a key of ${algorithm}, not of this key's curve`)
  using shared = await (await tokens()).agree(uri, pin, peer)
  return crypto.agreedSecret(mechanism, shared, request)
}

/**
 * A secret for the holder of a public key of ML-KEM: the ciphertext goes there, and what is derived is handed out or kept
 * as a new key. @throws `POLICY_DENIED`, `INVALID_INPUT`, `ALREADY_EXISTS`
 */
export function encapsulateSecret({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.encapsulate">): Promise<OutputOf<"key.encapsulate">> => {
    const vault = session.current()
    const { algorithm, publicKey } = crypto.readPublicKey(input.peer)
    const request = { peer: null, ciphertext: null, ...bitsOf(input) }
    const made = await crypto.encapsulate(algorithm, input.mechanism, publicKey, request)
    const { ciphertext, mechanism } = made
    using secret = made.secret
    const stored = input.as === undefined ? null : await keep(vault, crypto, secret, input.as)
    const detail = { mechanism, peer: crypto.spkiFingerprint(publicKey) }
    vault.journal.record(() => ({
      entry: { action: "key.encapsulate", target: stored?.name ?? null, detail },
      result: undefined,
    }))
    if (stored !== null) return { mechanism, ciphertext, key: stored }
    return { mechanism, ciphertext, derived: Secret.copyOf(secret.bytes).bytes }
  }
}

function bitsOf({ salt, info, bits }: Pick<InputOf<"key.derive">, "salt" | "info" | "bits">) {
  return { salt, info, size: bits / 8 }
}

/** The bytes must be as many as the new key has. */
async function keep(
  vault: OpenVault,
  crypto: KeyCrypto,
  derived: Secret,
  { name, algorithm, ...asked }: New,
): Promise<KeyObject> {
  const { purpose = usualPurpose(algorithm) } = asked
  const metadata = { name, tags: [] }
  requireAllowed({ algorithm, purpose }, metadata)
  const { keys } = await crypto.importKeys(derived.bytes, { format: "raw", passphrase: null, algorithm })
  try {
    const [key] = keys
    if (key === undefined || "refusal" in key) throw key?.refusal ?? new Error("bare bytes are one key")
    const kind = { algorithm, purpose, origin: "derived", action: "key.derive" } as const
    return await storeNewKey(vault, crypto, kind, metadata, key.material, null)
  } finally {
    for (const key of keys) if ("material" in key) key.material[Symbol.dispose]()
  }
}
