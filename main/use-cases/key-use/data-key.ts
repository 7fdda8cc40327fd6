import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { Secret } from "../../domain/secret.ts"
import { findKey } from "../key/find-key.ts"
import { requireTokenOf } from "./ciphertext-token.ts"
import { excuse, logSeal, logUse } from "./log-use.ts"
import { openUnderKey, sealUnderKey } from "./seal-under-key.ts"
import { type TokenUseParts, workOf } from "./token-use.ts"
import { unwrapForeign, wrapping } from "./wrap-key.ts"

const unwrapping = ["unwrap", "decrypt"] as const

/** Makes a random data key, wrapped under the current version. @throws `POLICY_DENIED`, `STATE_DENIED`, `NOT_FOUND`, `ALREADY_EXISTS` (label) */
export function makeDataKey(parts: TokenUseParts) {
  return async ({
    name,
    bits,
    wrappedOnly,
    register,
    ...input
  }: InputOf<"key.datakey">): Promise<OutputOf<"key.datakey">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, name)
    using dataKey = crypto.randomSecret(bits / 8)
    const sealed = await sealUnderKey(work, key, dataKey.bytes, { usages: wrapping })
    const { token, version } = sealed
    const alongside = () => {
      if (register === undefined) return {}
      return { dataKeys: [vault.dataKeys.add({ keyId: key.id, label: register, version, wrapped: token })] }
    }
    logSeal(vault, key, "key.datakey", sealed, { bits, wrappedOnly }, { alongside })
    const result = { keyId: key.id, keyVersion: version, wrapped: token }
    return wrappedOnly ? result : { ...result, plaintext: Secret.copyOf(dataKey.bytes).bytes }
  }
}

/** Opens a wrapped data key with the version that wrapped it, or what another program wrapped by a mechanism of its own. */
export function unwrapDataKey(parts: TokenUseParts) {
  return async ({ name, wrapped, pin: pinBytes, ...asked }: InputOf<"key.unwrap">): Promise<OutputOf<"key.unwrap">> => {
    using pin = pinBytes === undefined ? null : new Secret(pinBytes)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    const key = findKey(vault, name)
    if (asked.mechanism !== undefined && crypto.isWrapping(key.algorithm, asked.mechanism)) {
      const { secret, version, mechanism } = await unwrapForeign(work, key, wrapped, asked)
      logUse(vault, key, "key.unwrap", { version, mechanism, ...excuse(asked.reason) })
      return { keyId: key.id, keyVersion: version, plaintext: secret.bytes }
    }
    const { sealed, version } = requireTokenOf(wrapped, key.id, key.name)
    const dataKey = await openUnderKey(work, key, sealed, { usages: unwrapping, version, reason: asked.reason })
    logUse(vault, key, "key.unwrap", { version, ...excuse(asked.reason) })
    return { keyId: key.id, keyVersion: version, plaintext: dataKey.bytes }
  }
}

/** Moves a wrapped data key to the current version. The data key itself never leaves, so moving it away is reason enough. */
export function rewrapDataKey(parts: TokenUseParts) {
  return async ({ name, wrapped, ...input }: InputOf<"key.rewrap">): Promise<OutputOf<"key.rewrap">> => {
    using pin = input.pin === undefined ? null : new Secret(input.pin)
    const work = workOf(parts, pin)
    const { vault } = work
    const key = findKey(vault, name)
    const { sealed, version: fromVersion } = requireTokenOf(wrapped, key.id, key.name)
    using dataKey = await openUnderKey(work, key, sealed, {
      usages: unwrapping,
      version: fromVersion,
      reason: "rewrap",
    })
    const resealed = await sealUnderKey(work, key, dataKey.bytes, { usages: wrapping })
    const { token, version } = resealed
    logSeal(vault, key, "key.rewrap", resealed, { fromVersion })
    return { keyId: key.id, keyVersion: version, wrapped: token, fromVersion }
  }
}
