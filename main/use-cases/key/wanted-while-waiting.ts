import type { KeyFinding } from "../../../preload/contract/key-object.ts"
import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { destructionFix } from "../../domain/waiting-destruction.ts"

type WantedFinding = Omit<KeyFinding, "fix"> & { readonly severity: "error"; readonly fix: string }

/** That somebody wanted a key which waits for its destruction, since it does: whoever asked for that should know before it is over. */
export function wantedWhileWaiting(
  vault: OpenVault,
  { id, name, versions }: Pick<Key, "id" | "name" | "versions">,
): WantedFinding[] {
  const since = versions.flatMap(({ pending }) => (pending === null ? [] : [pending.since])).sort()[0]
  const wanted = since === undefined ? null : vault.traces.wanted(id, since)
  if (wanted === null) return []
  const { count, at, actor, action } = wanted
  return [
    {
      rule: "wanted-while-waiting",
      severity: "error",
      message: `It waits for its destruction, and was wanted ${count === 1 ? "once" : `${count} times`} since, last by ${actor} at ${at} (${action}).`,
      fix: destructionFix(name, false),
    },
  ]
}
