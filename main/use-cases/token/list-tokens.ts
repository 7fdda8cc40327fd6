import type { OutputOf } from "../../../preload/contract/index.ts"
import type { OfVault } from "../../../preload/contract/token.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { TokenPort } from "../../domain/token-port.ts"
import { KnownTokens } from "./known-tokens.ts"

/** The tokens that are there. @param vault - what of it is in them is told; `null`: none is open */
export async function listTokens(port: TokenPort, vault: OpenVault | null): Promise<OutputOf<"token.list">> {
  const tokens = await port.tokens()
  const known = vault === null ? null : new KnownTokens(vault)
  const ofVault = known === null ? [] : tokens.flatMap(({ uri }) => inToken(known, uri))
  return { tokens: [...tokens], leftOut: [...port.leftOut()], ofVault }
}

function inToken(known: KnownTokens, token: string): OfVault[] {
  const keys = known.keyNamesIn(token)
  const keyrings = known.keyringsHeldBy(token).map(({ name }) => name)
  const keyslots = known.keyslotsOpenedBy(token).length
  return keys.length + keyrings.length + keyslots === 0 ? [] : [{ token, keys, keyrings, keyslots }]
}
