import type { Token } from "../../preload/contract/token-object.ts"

/** What a PKCS#11 URI of main's says of a token; empty where it says nothing. */
export function saidOf(uri: string, attribute: "token" | "manufacturer" | "model" | "serial"): string {
  return decodeURIComponent(new RegExp(`[:;]${attribute}=([^;?]*)`).exec(uri)?.[1] ?? "")
}

/** Whether the token of a key is there: its label can change, but serial numbers of nothing but noughts tell no tokens apart. */
export function isThere(uri: string, tokens: readonly Pick<Token, "uri">[]): boolean {
  const isTelling = /[^0 ]/.test(saidOf(uri, "serial"))
  const telling = ["manufacturer", "model", "serial", ...(isTelling ? [] : ["token" as const])] as const
  return tokens.some((token) => telling.every((attribute) => saidOf(token.uri, attribute) === saidOf(uri, attribute)))
}
