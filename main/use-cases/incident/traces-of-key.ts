import type { BlastItem, BlastKind } from "../../../preload/contract/incident.ts"
import type { Key } from "../../domain/key.ts"
import type { UseTally } from "../../domain/key-traces.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { backupsHolding } from "../key/backups-holding.ts"

interface Made {
  readonly kind: BlastKind
  readonly name: string
  readonly actions: readonly string[]
  readonly how: string
  /** Only what was made since the key may have been in other hands is in doubt; else all of it is exposed. */
  readonly sinceOnly: boolean
}

const made: readonly Made[] = [
  {
    kind: "data-keys",
    name: "data keys",
    actions: ["key.datakey", "key.wrap", "key.rewrap", "rotation.rewrap"],
    how: "wrapped under it: what they encrypt can be read",
    sinceOnly: false,
  },
  {
    kind: "ciphertexts",
    name: "ciphertexts",
    actions: ["key.encrypt"],
    how: "encrypted under it",
    sinceOnly: false,
  },
  { kind: "files", name: "files", actions: ["file.encrypt"], how: "encrypted for it", sinceOnly: false },
  {
    kind: "signatures",
    name: "signatures",
    actions: ["key.sign", "key.mac"],
    how: "made by it: one that is not in the log is somebody else's",
    sinceOnly: true,
  },
]

/** What was made with the key, and is exposed or in doubt. */
export function exposedUses({ byAction, lateByAction }: UseTally): BlastItem[] {
  return made.flatMap(({ kind, name, actions, how, sinceOnly }): BlastItem[] => {
    const found = actions.flatMap((action) => (sinceOnly ? lateByAction : byAction).get(action) ?? [])
    if (found.length === 0) return []
    const count = found.reduce((sum, each) => sum + each.count, 0)
    const first = found.map((each) => each.first).sort()[0]
    const last = found
      .map((each) => each.last)
      .sort()
      .at(-1)
    return [
      {
        kind,
        effect: "exposed",
        name,
        how,
        count,
        ...(first === undefined ? {} : { first }),
        ...(last === undefined ? {} : { last }),
      },
    ]
  })
}

/** The data keys that were left in the vault, and are still wrapped under it. */
export function registeredDataKeys(vault: OpenVault, { id }: Key, versions: readonly number[]): BlastItem[] {
  const count = vault.dataKeys.countOf(id, versions)
  if (count === 0) return []
  const how = "wrapped under it, and left in the vault: what they encrypt can be read"
  return [{ kind: "data-keys", effect: "exposed", name: "registered data keys", how, count }]
}

/** Where else the material is: what was exported, and in which backups. @param only - of this version alone */
export function holdersOf(vault: OpenVault, key: Key, only: number | null, { exports }: UseTally): BlastItem[] {
  const copies = exports.map(
    ({ at, actor, format, protection }): BlastItem => ({
      kind: "copy",
      effect: "holds",
      name: format,
      how: `exported by ${actor}${protection === "" ? "" : ` (${protection})`}`,
      first: at,
    }),
  )
  const backups = backupsHolding(vault, key, only).map(
    ({ path, createdAt }): BlastItem => ({
      kind: "backup",
      effect: "holds",
      name: path,
      how: "holds it",
      first: createdAt,
    }),
  )
  return [...copies, ...backups]
}

/** Who worked with the key since it may have been in other hands. */
export function usersOf({ lateByActor }: UseTally, since: string | undefined): BlastItem[] {
  return [...lateByActor].map(([name, occurrences]) => ({
    kind: "user",
    effect: "used",
    name,
    how: `used it${since === undefined ? "" : ` since ${since}`}`,
    ...occurrences,
  }))
}
