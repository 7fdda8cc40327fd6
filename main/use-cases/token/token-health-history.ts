import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { parseTokenUri } from "../../domain/token-uri.ts"
import { KnownTokens } from "./known-tokens.ts"

/** What was found in the tokens that a URI means, or in all of them. */
export function tokenHealthHistory(session: Session<OpenVault>) {
  return ({ uri, limit }: InputOf<"token.health.history">): OutputOf<"token.health.history"> => {
    const vault = session.current()
    const meant = uri === undefined ? null : new KnownTokens(vault).meantBy(parseTokenUri(uri))
    return { reports: [...vault.tokenHealth.list(meant, limit)] }
  }
}
