import type { Reply } from "../../preload/contract/failure.ts"
import type { OutputOf, RequestOf } from "../../preload/contract/index.ts"
import type {
  operationsOfWindow,
  WindowOperationName,
  WindowOutputOf,
  WindowRequestOf,
} from "../../preload/contract/window.ts"
import { OperationFailed } from "./operation-failed.ts"

type VaultOperationName = (typeof operationsOfWindow)[number]
export type AskedName = VaultOperationName | WindowOperationName
export type RequestFor<Name extends AskedName> = Name extends VaultOperationName
  ? RequestOf<Name>
  : Name extends WindowOperationName
    ? WindowRequestOf<Name>
    : never
export type AnswerTo<Name extends AskedName> = Name extends VaultOperationName
  ? OutputOf<Name>
  : Name extends WindowOperationName
    ? WindowOutputOf<Name>
    : never

/** Asks main for an operation. @throws {OperationFailed} when it was refused */
export async function ask<Name extends AskedName>(name: Name, request: RequestFor<Name>): Promise<AnswerTo<Name>> {
  // Main has checked what it answers against the contract.
  const reply = (await window.claviger.invoke(name, request)) as Reply<AnswerTo<Name>>
  if (reply.ok) return reply.result
  throw new OperationFailed(reply.error)
}
