import { ofWhichToken, pinIsNeeded } from "../../preload/contract/failure.ts"
import type { Secret } from "../domain/secret.ts"
import type { HoldingTokens, TokenAccess } from "../domain/token-access.ts"
import { parseTokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { secretFromToken } from "./bind-to-token.ts"
import type { TokenBinding } from "./token-binding.ts"

interface Bound {
  readonly token: TokenBinding
}

/**
 * Opens something by the first of the tokens that it is bound to which is there. A PIN that is given is tried with one token, and once; which
 * is meant must be clear. Without one, those are asked in which somebody is logged in.
 * @param open - with what the token came to; `null` when that does not open it
 * @param refusal - when a token that is there does not open it
 * @throws `TOKEN_ABSENT` when none is there, `PIN_INCORRECT`, `PIN_LOCKED`; `INVALID_INPUT` for a PIN that several could be meant by
 */
export async function openWithFirstToken<One extends Bound, Result>(
  access: TokenAccess,
  bound: readonly One[],
  open: (one: One, secret: Secret) => Promise<Result | null> | Result | null,
  refusal: VaultError = new VaultError(
    "TOKEN_ERROR",
    "the key in the token is not the one that this was made for, or this was changed",
  ),
): Promise<Result> {
  const tokens = await access.tokens()
  const failures: VaultError[] = []
  for (const one of access.hasPin ? await presentOf(tokens, bound) : bound) {
    try {
      using secret = await secretFromToken(tokens, access.takePin(), one.token)
      const opened = secret === null ? null : await open(one, secret)
      if (opened !== null) return opened
      failures.push(refusal)
    } catch (error) {
      if (!(error instanceof VaultError) || isFinal(error)) throw error
      failures.push(error)
    }
  }
  throw mostTelling(failures)
}

/** After a PIN was refused nothing else is tried with it, nor in its place. */
export function isFinal({ code, detail }: VaultError): boolean {
  return code === "PIN_LOCKED" || (code === "PIN_INCORRECT" && detail !== pinIsNeeded)
}

/** The ones whose token is there. @throws `TOKEN_ABSENT`, `INVALID_INPUT` when there are several tokens */
async function presentOf<One extends Bound>(tokens: HoldingTokens, bound: readonly One[]): Promise<One[]> {
  const present: One[] = []
  const found = new Map<string, string>()
  const failures: VaultError[] = []
  for (const one of bound) {
    try {
      const { uri, label } = await tokens.find(parseTokenUri(one.token.uri))
      found.set(uri, label)
      present.push(one)
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      failures.push(error)
    }
  }
  if (present.length === 0) throw mostTelling(failures)
  if (found.size === 1) return present
  throw new VaultError("INVALID_INPUT", `${ofWhichToken}, ${[...found.values()].join(" or ")}? Name it by its URI`)
}

/** That a PIN is needed means that a token is there; that one is absent says least. */
function mostTelling(failures: readonly VaultError[]): VaultError {
  const needed = failures.find(({ code }) => code === "PIN_INCORRECT")
  const other = failures.find(({ code }) => code !== "TOKEN_ABSENT")
  const absent = failures.flatMap(({ detail }) => (detail === undefined ? [] : [detail]))
  return (
    needed ?? other ?? new VaultError("TOKEN_ABSENT", absent.length === 0 ? undefined : [...new Set(absent)].join("; "))
  )
}
