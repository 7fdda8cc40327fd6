import type { KdfParameters, ShareScheme } from "../../preload/contract/values.ts"
import { VaultError } from "../domain/vault-error.ts"

/** The smallest cost that OWASP allows where memory is short (Password Storage Cheat Sheet): 19 MiB, two passes. */
const lowMemory: KdfParameters = { memoryKiB: 19_456, passes: 2, lanes: 1, lowMemory: true }

/** `auto`, `low-memory`, or `memoryKiB=…,passes=…,lanes=…` in any order. @throws `INVALID_INPUT` */
export function readKdfChoice(given: string): "auto" | KdfParameters {
  if (given === "auto") return "auto"
  return given === "low-memory" ? lowMemory : readKdfParameters(given, "kdf")
}

/** @throws `INVALID_INPUT` unless each of the three is there once */
export function readKdfParameters(given: string, field: string): KdfParameters {
  const wanted = { memoryKiB: 0, passes: 0, lanes: 0 }
  for (const part of given.split(",")) {
    const [, name, number] = /^(memoryKiB|passes|lanes)=([1-9]\d{0,8})$/.exec(part) ?? []
    if (!isCost(name) || wanted[name] !== 0) throw malformed(field)
    wanted[name] = Number(number)
  }
  if (Object.values(wanted).includes(0)) throw malformed(field)
  return wanted
}

/** `3of5`: any three of five shares. @throws `INVALID_INPUT` */
export function readShareScheme(given: string): ShareScheme {
  const [, threshold, count] = /^(\d{1,2})of(\d{1,2})$/.exec(given) ?? []
  if (threshold === undefined || count === undefined) {
    throw new VaultError("INVALID_INPUT", "recovery: is not of the form 3of5")
  }
  return { threshold: Number(threshold), count: Number(count) }
}

function isCost(name: string | undefined): name is "memoryKiB" | "passes" | "lanes" {
  return name !== undefined
}

function malformed(field: string): VaultError {
  return new VaultError("INVALID_INPUT", `${field}: is not of the form memoryKiB=65536,passes=3,lanes=4`)
}
