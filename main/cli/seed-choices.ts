import type { SharePlan } from "../../preload/contract/seed.ts"
import { VaultError } from "../domain/vault-error.ts"

/**
 * How a seed is shared: `2of3`, or with groups how many of them it takes, and each one's own scheme.
 * @throws `INVALID_INPUT`
 */
export function readSharePlan(scheme: string, groups: readonly string[] | undefined): SharePlan {
  const whole = readScheme(scheme, "scheme")
  if (groups === undefined) return { groupThreshold: 1, groups: [whole] }
  if (groups.length !== whole.count) {
    throw new VaultError(
      "INVALID_INPUT",
      `groups: ${scheme} is of ${whole.count} groups, and ${groups.length} are given`,
    )
  }
  return { groupThreshold: whole.threshold, groups: groups.map((group) => readScheme(group, "groups")) }
}

function readScheme(given: string, field: string): { threshold: number; count: number } {
  const [, threshold, count] = /^(\d{1,2})of(\d{1,2})$/.exec(given) ?? []
  if (threshold === undefined || count === undefined) {
    throw new VaultError("INVALID_INPUT", `${field}: is not of the form 2of3`)
  }
  return { threshold: Number(threshold), count: Number(count) }
}

const kinds = ["bip39", "hex", "wif", "xprv", "base64", "base85"]

/**
 * What child is wanted: `words=12,index=0`, `kind=hex,bytes=32`, `kind=base85,length=20,index=3`. Without an index the next
 * one is given.
 * @throws `INVALID_INPUT`
 */
export function readChild(given: string): { child: { kind: string }; index: number | undefined } {
  const parts = new Map<string, string>()
  for (const part of given.split(",")) {
    const [, name, value] = /^(kind|words|language|bytes|length|index)=([a-z0-9_]{1,30})$/.exec(part) ?? []
    if (name === undefined || value === undefined || parts.has(name)) throw malformed()
    parts.set(name, value)
  }
  const { kind = "bip39", index, language, ...numbers } = Object.fromEntries(parts)
  if (!kinds.includes(kind)) throw malformed()
  const sizes = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, wholeNumber(value)]))
  const child = { kind, ...sizes, ...(language === undefined ? {} : { language }) }
  return { child, index: index === undefined ? undefined : wholeNumber(index) }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw malformed()
  return Number(text)
}

function malformed(): VaultError {
  const others = kinds.filter((kind) => kind !== "bip39").join(", ")
  return new VaultError(
    "INVALID_INPUT",
    `bip85: is not of the form words=12,index=0 or kind=hex,bytes=32; kinds: ${others}`,
  )
}
