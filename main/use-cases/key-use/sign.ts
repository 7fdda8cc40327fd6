import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { versionForUse } from "../../domain/key-use.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { logUse, placeOf, type UseParts } from "./log-use.ts"

/** Signs with the current version. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` (mechanism) */
export function signMessage({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.sign">): Promise<OutputOf<"key.sign">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { version } = versionForUse(key, ["sign"], timeOf(vault), input.version)
    const mechanism = crypto.chosenMechanism(key.algorithm, "sign", input.mechanism)
    using material = vault.materials.open(placeOf(key, version))
    const signature = await crypto.sign(key.algorithm, mechanism, material.bytes, input.message)
    logUse(vault, key, "key.sign", { version, mechanism })
    return { keyId: key.id, keyVersion: version, mechanism, signature: new Uint8Array(signature) }
  }
}

/** Verifies a signature, or the tag of a MAC key. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` */
export function verifySignature({ session, crypto }: UseParts) {
  return async (input: InputOf<"key.verify">): Promise<OutputOf<"key.verify">> => {
    const vault = session.current()
    const key = findKey(vault, input.name)
    const { version, publicKey } = versionForUse(key, ["verify"], timeOf(vault), input.version)
    const { message, signature } = input
    const { algorithm } = key
    if (key.purpose === "mac") {
      const mechanism = crypto.chosenMechanism(algorithm, "mac", input.mechanism)
      using material = vault.materials.open(placeOf(key, version))
      const valid = await crypto.verifyMac(algorithm, material.bytes, message, signature)
      logUse(vault, key, "key.verify", { version, mechanism, valid })
      return { keyId: key.id, keyVersion: version, mechanism, valid }
    }
    const mechanism = crypto.chosenMechanism(algorithm, "sign", input.mechanism)
    if (publicKey === null) throw new VaultError("INVALID_INPUT", `${key.name} has no public key: it is ${algorithm}`)
    const valid = await crypto.verify(algorithm, mechanism, publicKey, message, signature)
    logUse(vault, key, "key.verify", { version, mechanism, valid })
    return { keyId: key.id, keyVersion: version, mechanism, valid }
  }
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
