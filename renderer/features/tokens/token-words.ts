import type { Removed } from "../../../preload/contract/removed.ts"
import type { OfVault } from "../../../preload/contract/token.ts"
import type { PinState, Token } from "../../../preload/contract/token-object.ts"
import type { UsbIdentity } from "../../../preload/contract/usb-device.ts"
import { isThere, saidOf } from "../../api/token-uris.ts"
import { inert } from "../../ui/inert.ts"

/** What a token's flags say of a PIN, by word and shape. */
export const pinWords: Readonly<Record<PinState, { readonly says: string; readonly shape: string }>> = {
  unset: { says: "nobody has chosen one yet", shape: "○" },
  set: { says: "set", shape: "●" },
  "count-low": { says: "set; the last try was wrong", shape: "◔" },
  "final-try": { says: "one try is left before it is locked", shape: "▲" },
  locked: { says: "locked", shape: "✕" },
}

/** How one of a token's PINs is, and whether everybody knows it. */
export function pinState(token: Token, whose: "user" | "so"): string {
  const { says, shape } = pinWords[whose === "user" ? token.userPin : token.soPin]
  if (!token.factoryPins.includes(whose)) return `${shape} ${says}`
  return `▲ ${says}, and one that such tokens come with: everybody knows it, so change it`
}

/** What of the vault is lost with a token, in one sentence; empty where nothing is. */
export function lossOf(inside: OfVault | undefined): string {
  if (inside === undefined) return ""
  const { keys, keyrings, keyslots } = inside
  const parts = [
    counted(keys.length, ["key", "keys"], keys),
    counted(keyrings.length, ["keyring that it holds", "keyrings that it holds"], keyrings),
    counted(keyslots, ["way to open the vault", "ways to open the vault"], []),
  ].filter((part) => part !== "")
  return parts.length === 0 ? "" : `Of this vault it has ${parts.join(", ")}.`
}

/** So many are named; the rest is counted. */
const mostNamed = 5

function counted(count: number, [one, many]: readonly [string, string], names: readonly string[]): string {
  if (count === 0) return ""
  const named = names.slice(0, mostNamed).map(inert).join(", ")
  const more = names.length > mostNamed ? " and others" : ""
  return `${count} ${count === 1 ? one : many}${named === "" ? "" : ` (${named}${more})`}`
}

export function titleOf({ label, isInitialised }: Token): string {
  if (label !== "") return inert(label)
  return isInitialised ? "A token without a name" : "A token that is not set up"
}

/** How a token's maker and model are called, in one line. */
export function makeOf({ manufacturer, model }: Token): string {
  return [manufacturer, model]
    .filter((part) => part !== "")
    .map(inert)
    .join(" ")
}

/** The token of a PKCS#11 URI, with what tells it from others of its name. */
export function tokenWithSerial(uri: string): string {
  const serial = inert(saidOf(uri, "serial"))
  return serial === "" ? tokenName(uri) : `${tokenName(uri)}, serial number ${serial}`
}

/** What the token of a PKCS#11 URI is called. */
export function tokenName(uri: string): string {
  return inert(saidOf(uri, "token")) || "without a name"
}

/** Whether the token of a URI is there, by word and shape; empty while that is not known. */
export function presenceOf(uri: string, tokens: readonly Pick<Token, "uri">[] | undefined): string {
  if (tokens === undefined) return ""
  return isThere(uri, tokens) ? "● there" : "○ not there"
}

/** What tells a device on USB from others. */
export function idOf({ vendorId, productId, serial }: UsbIdentity): string {
  return `${vendorId}:${productId}, ${serial === null ? "no serial number" : `serial number ${serial}`}`
}

/** What was removed, so that the vault locked. */
export function nameOfRemoved(removed: Removed): string {
  return typeof removed === "string" ? `the token ${tokenWithSerial(removed)}` : `the device ${inert(idOf(removed))}`
}
