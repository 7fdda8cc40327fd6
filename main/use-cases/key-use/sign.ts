import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { Secret } from "../../domain/secret.ts"
import { findKey } from "../key/find-key.ts"
import { usableVersion, usableVersions } from "../policy/require-policy.ts"
import { excuse, logUse, placeOf } from "./log-use.ts"
import { type KeyWork, mechanismFor, signInToken, type TokenUseParts, workOf } from "./token-use.ts"

/** Signs with the current version. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` (mechanism) */
export function signMessage(parts: TokenUseParts) {
  return async (input: InputOf<"key.sign">): Promise<OutputOf<"key.sign">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, input.name)
    const chosen = usableVersion(vault, key, ["sign"], input.version)
    const { version } = chosen
    const mechanism = mechanismFor(crypto, key, chosen, "sign", input.mechanism)
    const uri = tokenUriOf(chosen)
    const signature =
      uri === null
        ? await signInVault(work, key, version, mechanism, input.message)
        : await signInToken(work, key, chosen, { uri, mechanism, message: input.message })
    logUse(vault, key, "key.sign", { version, mechanism })
    return { keyId: key.id, keyVersion: version, mechanism, signature: new Uint8Array(signature) }
  }
}

async function signInVault(
  { vault, crypto, pin }: KeyWork,
  key: Key,
  version: number,
  mechanism: Mechanism,
  message: Uint8Array,
): Promise<Uint8Array> {
  using material = await vault.materials.open(placeOf(key, version), pin)
  return await crypto.sign(key.algorithm, mechanism, material.bytes, message)
}

/**
 * Verifies a signature, or the tag of a MAC key: by the version that is named, else by each that may have made it.
 * @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT`
 */
export function verifySignature(parts: TokenUseParts) {
  return async (input: InputOf<"key.verify">): Promise<OutputOf<"key.verify">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, input.name)
    const versions = usableVersions(vault, key, ["verify"], input.version, input.reason)
    const use = key.purpose === "mac" ? "mac" : "sign"
    const mechanismOf = (made: KeyVersion) => mechanismFor(crypto, key, made, use, input.mechanism)
    let found: KeyVersion | null = null
    for (const version of versions) {
      if (!(await isMadeBy(work, key, version, mechanismOf(version), input))) continue
      found = version
      break
    }
    const likeliest = found ?? versions[0]
    const { version } = likeliest
    const mechanism = mechanismOf(likeliest)
    const valid = found !== null
    logUse(vault, key, "key.verify", { version, mechanism, valid, ...excuse(input.reason) })
    return { keyId: key.id, keyVersion: version, mechanism, valid }
  }
}

async function isMadeBy(
  { vault, crypto, tokens, pin }: KeyWork,
  key: Key,
  made: KeyVersion,
  mechanism: Mechanism,
  { message, signature }: Pick<InputOf<"key.verify">, "message" | "signature">,
): Promise<boolean> {
  const { version, publicKey } = made
  if (publicKey !== null) return await crypto.verify(key.algorithm, mechanism, publicKey, message, signature)
  const uri = tokenUriOf(made)
  // The token is not asked whether the tag fits: it is to make it once more, and does not know what is expected.
  if (uri !== null) return crypto.equalBytes(await (await tokens()).mac(uri, pin, key.algorithm, message), signature)
  using material = await vault.materials.open(placeOf(key, version), pin)
  return await crypto.verifyMac(key.algorithm, material.bytes, message, signature)
}

/** Computes a MAC with the current version. @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `INVALID_INPUT` */
export function macMessage(parts: TokenUseParts) {
  return async (input: InputOf<"key.mac">): Promise<OutputOf<"key.mac">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, input.name)
    const chosen = usableVersion(vault, key, ["mac"], input.version)
    const mechanism = crypto.chosenMechanism(key.algorithm, "mac", input.mechanism)
    const mac = await tagOf(work, key, chosen, input.message)
    const { version } = chosen
    logUse(vault, key, "key.mac", { version, mechanism })
    return { keyId: key.id, keyVersion: version, mechanism, mac: new Uint8Array(mac) }
  }
}

async function tagOf(
  { vault, crypto, tokens, pin }: KeyWork,
  key: Key,
  version: KeyVersion,
  message: Uint8Array,
): Promise<Uint8Array> {
  const uri = tokenUriOf(version)
  if (uri !== null) return await (await tokens()).mac(uri, pin, key.algorithm, message)
  using material = await vault.materials.open(placeOf(key, version.version), pin)
  return await crypto.mac(key.algorithm, material.bytes, message)
}
