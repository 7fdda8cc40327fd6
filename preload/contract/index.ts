import type { z } from "zod"
import { auditOperations } from "./audit.ts"
import { eventOperations } from "./event.ts"
import { fileOperations } from "./file.ts"
import { incidentOperations } from "./incident.ts"
import { keyOperations } from "./key.ts"
import { keyringOperations } from "./keyring.ts"
import { policyOperations } from "./policy.ts"
import { reportOperations } from "./report.ts"
import { rotationOperations } from "./rotation.ts"
import { seedOperations } from "./seed.ts"
import { tokenOperations } from "./token.ts"
import { vaultOperations } from "./vault.ts"
import { vaultInfoOperations } from "./vault-info.ts"

/** All that can be asked of Claviger. The names are those of the command line, the palette and the audit log. */
export const contract = {
  ...vaultInfoOperations,
  ...vaultOperations,
  ...keyringOperations,
  ...policyOperations,
  ...reportOperations,
  ...keyOperations,
  ...rotationOperations,
  ...eventOperations,
  ...incidentOperations,
  ...seedOperations,
  ...tokenOperations,
  ...fileOperations,
  ...auditOperations,
}

type Contract = typeof contract
export type OperationName = keyof Contract
/** What a caller says, with the contract's defaults left out. */
export type RequestOf<Name extends OperationName> = z.input<Contract[Name]["input"]>
/** What a handler gets: checked, with the defaults filled in. */
export type InputOf<Name extends OperationName> = z.output<Contract[Name]["input"]>
export type OutputOf<Name extends OperationName> = z.output<Contract[Name]["output"]>

/** What main must provide. A missing or mistyped handler does not compile. */
export type Handlers = {
  readonly [Name in OperationName]: (input: InputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>>
}

/** What an operation is about: the first word of its name. */
export type Noun = OperationName extends `${infer First}.${string}` ? First : never
/** What is loaded together: a noun, but for the one operation that needs no vault to be open, and so next to nothing. */
export type Part = Noun | "vault.info"
type NamesIn<One extends Part> = One extends Noun
  ? Exclude<Extract<OperationName, `${One}.${string}`>, Part>
  : Extract<OperationName, One>
export type HandlersOf<One extends Part> = Pick<Handlers, NamesIn<One>>
/** Makes the handlers of each part, when it is first asked for. */
export type HandlerLoaders = { readonly [One in Part]: () => Promise<HandlersOf<One>> }
