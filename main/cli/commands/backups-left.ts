import type { OutputOf } from "../../../preload/contract/index.ts"
import type { Context } from "../context.ts"
import { showResult } from "../show-result.ts"

/** Before a person is asked whether to destroy a key, or one version: what stays of it. @throws `NOT_FOUND` */
export async function backupsLeft({ ask }: Context, holding: string, version: number | undefined): Promise<string> {
  const { backups } = await ask("vault.backups", { holding, ...(version === undefined ? {} : { version }) })
  return inWords(backups.length)
}

/** A destruction, or one that waits. */
export function showDestroyed(destroyed: OutputOf<"key.destroy"> | OutputOf<"key.schedule-destroy">): string {
  const { backups } = "pending" in destroyed ? destroyed.pending : destroyed.certificate
  return `${showResult(destroyed)}\n\n${inWords(backups.length)}`
}

export function showCertificates({ certificates }: OutputOf<"key.certificates">): string {
  return certificates.length === 0 ? "Nothing of it was destroyed." : certificates.map(showDestroyed).join("\n\n")
}

function inWords(count: number): string {
  if (count === 1) return "1 backup still holds it."
  return `${count === 0 ? "No" : count} backups still hold it.`
}
