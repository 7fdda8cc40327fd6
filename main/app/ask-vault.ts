import type { OperationName, OutputOf, RequestOf } from "../../preload/contract/index.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Dispatch } from "../operations/dispatch.ts"

/** An operation of the vault, asked for by main itself. */
export type AskVault = <Name extends OperationName>(name: Name, input: RequestOf<Name>) => Promise<OutputOf<Name>>

export function asking(dispatch: Dispatch): AskVault {
  return async <Name extends OperationName>(name: Name, input: RequestOf<Name>) => {
    const reply = await dispatch(name, input)
    if (!reply.ok) throw new VaultError(reply.error.code, reply.error.detail)
    // Dispatch has checked the result against the contract of this very operation.
    return reply.result as OutputOf<Name>
  }
}
