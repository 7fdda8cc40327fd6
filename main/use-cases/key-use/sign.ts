import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { versionForUse, versionsForUse } from "../../domain/key-use.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { logUse, placeOf, type UseParts } from "./log-use.ts"
import { signInToken, type TokenUseParts } from "./token-use.ts"

/** Signs with the current version. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` (mechanism) */
export function signMessage(parts: TokenUseParts) {
  const { session, crypto } = parts
  return async (input: InputOf<"key.sign">): Promise<OutputOf<"key.sign">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const vault = session.current()
    const key = findKey(vault, input.name)
    const chosen = versionForUse(key, ["sign"], timeOf(vault), input.version)
    const { version } = chosen
    const mechanism = crypto.chosenMechanism(key.algorithm, "sign", input.mechanism)
    const uri = tokenUriOf(chosen)
    const signature =
      uri === null
        ? await signInVault(vault, crypto, key, version, mechanism, input.message)
        : await signInToken(parts, key, chosen, { uri, pin, mechanism, message: input.message })
    logUse(vault, key, "key.sign", { version, mechanism })
    return { keyId: key.id, keyVersion: version, mechanism, signature: new Uint8Array(signature) }
  }
}

async function signInVault(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  version: number,
  mechanism: Mechanism,
  message: Uint8Array,
): Promise<Uint8Array> {
  using material = vault.materials.open(placeOf(key, version))
  return await crypto.sign(key.algorithm, mechanism, material.bytes, message)
}

/**
 * Verifies a signature, or the tag of a MAC key: by the version that is named, else by each that may have made it.
 * @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function verifySignature({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.verify">): Promise<OutputOf<"key.verify">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const versions = versionsForUse(key, ["verify"], timeOf(vault), input.version)
    const use = key.purpose === "mac" ? "mac" : "sign"
    const mechanism = crypto.chosenMechanism(key.algorithm, use, input.mechanism)
    let found: KeyVersion | null = null
    for (const version of versions) {
      if (!(await isMadeBy(vault, crypto, key, version, mechanism, input))) continue
      found = version
      break
    }
    const { version } = found ?? versions[0]
    const valid = found !== null
    logUse(vault, key, "key.verify", { version, mechanism, valid })
    return { keyId: key.id, keyVersion: version, mechanism, valid }
  }
}

async function isMadeBy(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Key,
  { version, publicKey }: KeyVersion,
  mechanism: Mechanism,
  { message, signature }: Pick<InputOf<"key.verify">, "message" | "signature">,
): Promise<boolean> {
  if (publicKey !== null) return await crypto.verify(key.algorithm, mechanism, publicKey, message, signature)
  using material = vault.materials.open(placeOf(key, version))
  return await crypto.verifyMac(key.algorithm, material.bytes, message, signature)
}

/** Computes a MAC with the current version. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` */
export function macMessage({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.mac">): Promise<OutputOf<"key.mac">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { version } = versionForUse(key, ["mac"], timeOf(vault), input.version)
    const mechanism = crypto.chosenMechanism(key.algorithm, "mac", input.mechanism)
    using material = vault.materials.open(placeOf(key, version))
    const mac = await crypto.mac(key.algorithm, material.bytes, input.message)
    logUse(vault, key, "key.mac", { version, mechanism })
    return { keyId: key.id, keyVersion: version, mechanism, mac: new Uint8Array(mac) }
  }
}
