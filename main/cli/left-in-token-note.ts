import { printable } from "../domain/printable.ts"
import type { Context } from "./context.ts"

/** Tells of a key that stays in a token without a job, and how it goes. */
export function tellLeftInToken({ note }: Pick<Context, "note">, uri: string | null): void {
  if (uri === null) return
  note(`its key stays in the token: ${printable(uri)}`)
  note(`to delete it there: token adopt '${printable(uri)}' NAME, then key destroy NAME --now --reason TEXT`)
}
