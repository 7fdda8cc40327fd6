import { VaultError } from "../../domain/vault-error.ts"
import { flag, text } from "../field.ts"

/** When a destruction is to be. */
export const timeOfDestruction = {
  now: flag("at once; it can't be undone"),
  after: text("D", "after a waiting time of 7d to 90d (30d), in which it can be taken back"),
}

/** @throws `USAGE` */
export function requireOneTime({ now, after }: { readonly now: boolean; readonly after?: string | undefined }): void {
  if (now && after !== undefined) throw new VaultError("USAGE", "--now or --after, not both")
}
