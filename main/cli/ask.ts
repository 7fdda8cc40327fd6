import type { Failure } from "../../preload/contract/failure.ts"
import type { OperationName, OutputOf, RequestOf } from "../../preload/contract/index.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { Dispatch } from "../operations/dispatch.ts"

/** Asks for an operation. Dispatch checks the input. @throws `VaultError` with the code of its failure */
export type Ask = <Name extends OperationName>(name: Name, input: Unchecked<RequestOf<Name>>) => Promise<OutputOf<Name>>

/** An input of the right shape, whose words and numbers nobody has looked at yet. */
type Unchecked<Input> = Input extends string
  ? string
  : Input extends number
    ? number
    : Input extends Uint8Array
      ? Input
      : Input extends readonly (infer One)[]
        ? readonly Unchecked<One>[]
        : Input extends object
          ? { readonly [Name in keyof Input]: Unchecked<Input[Name]> }
          : Input

export function createAsk(dispatch: Dispatch): Ask {
  return async <Name extends OperationName>(name: Name, input: Unchecked<RequestOf<Name>>) => {
    const reply = await dispatch(name, input)
    if (!reply.ok) throw asError(reply.error)
    // Dispatch has checked the result against this very contract.
    return reply.result as OutputOf<Name>
  }
}

function asError({ code, detail, reference }: Failure): VaultError {
  return new VaultError(code, reference === undefined ? detail : `reference ${reference}`)
}
