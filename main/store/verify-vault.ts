import type { Finding } from "../../preload/contract/vault.ts"
import { Turns } from "../crypto/turns.ts"
import type { Key } from "../domain/key.ts"
import { inVault } from "../domain/key-location.ts"
import { type LongWork, partOf, step, unfollowed } from "../domain/long-work.ts"
import { VaultError } from "../domain/vault-error.ts"
import { bodyOf } from "./audit-rows.ts"
import { walkChain } from "./chain-walk.ts"
import type { Found, Inspection } from "./inspection.ts"
import { leafOf } from "./key-leaf.ts"
import type { StoredVault } from "./stored-vault.ts"
import { isUnreadable } from "./unreadable-page.ts"
import { isAuthentic, parseHeader, readHeaderBytes } from "./vault-header.ts"
import { readVaultState } from "./vault-state.ts"
import { reachHeldKeyrings } from "./verify-held-keyrings.ts"
import { LoggedRegisters } from "./verify-registers.ts"
import { LoggedRotations } from "./verify-rotations.ts"

export interface Verification {
  readonly ok: boolean
  readonly checked: { readonly keys: number; readonly versions: number; readonly auditRows: number }
  readonly problems: Finding[]
}

type Severity = "error" | "warning"
type Report = (rule: string, message: string, target?: string, severity?: Severity) => void

const enoughProblems = 100

/**
 * Looks at everything: both headers, every page, every row of the log, all that is stored against it, every material,
 * the full-text index.
 * @throws `CANCELLED`
 */
export async function verifyVault(vault: StoredVault, work: LongWork = unfollowed): Promise<Verification> {
  const problems: Finding[] = []
  const report: Report = (rule, message, target, severity = "error") => {
    if (problems.length >= enoughProblems) return
    problems.push({ rule, severity, message, ...(target === undefined ? {} : { target }) })
  }
  verifyHeaders(vault, report)
  const leaves = new Map<string, unknown>()
  const counts = { keys: 0, versions: 0, auditRows: 0 }
  const { damages, isComplete, unerased, wronglyIndexed } = await vault.longCall("inspect", undefined)
  step(work, 1, 3)
  using held = new DisposableStack()
  const unreached = new Set<string>()
  const reachHeld = async () => {
    const reached = await reachHeldKeyrings(vault, (message, keyring) =>
      report("keyrings", message, keyring, "warning"),
    )
    for (const id of held.use(reached).unreached) unreached.add(id)
  }
  const parts: Readonly<Record<string, () => void | Promise<void>>> = {
    "the pages of the file": () => reportDamages(readOf(damages), report),
    "the keyrings": reachHeld,
    "the log": () => verifyLog(vault, { leaves, counts, unreached }, report, partOf(work, 1, 3)),
    "the keys": () => verifyKeys(vault, { leaves, counts, unreached }, report, partOf(work, 2, 3)),
    "the counts": () => reportIncomplete(readOf(isComplete), report),
    "what was destroyed": () => reportUnerased(readOf(unerased), report),
    "the full-text index": () => reportWronglyIndexed(readOf(wronglyIndexed), report),
  }
  for (const [name, verify] of Object.entries(parts)) await verifyPart(name, verify, report)
  return { ok: problems.every(({ severity }) => severity !== "error"), checked: counts, problems }
}

/** What is checked so far, for the parts that come after. */
interface Checked {
  /** The digest that the log's newest row about a key holds, by the key's id. */
  readonly leaves: Map<string, unknown>
  readonly counts: { keys: number; versions: number; auditRows: number }
  readonly unreached: ReadonlySet<string>
}

/** The end of a part at a page that can't be read, in the thread that SQLite inspected the file in. */
class UnreadablePage extends Error {}

function readOf<Result>(found: Found<Result>): Result {
  if (found === "unreadable") throw new UnreadablePage()
  return found.found
}

/** A page that can't be read ends its part, is a finding, and keeps nobody from looking at the rest. */
async function verifyPart(name: string, verify: () => void | Promise<void>, report: Report): Promise<void> {
  try {
    await verify()
  } catch (error) {
    if (!(error instanceof UnreadablePage || isUnreadable(error))) throw error
    report("pages", `${name} can't be read to the end: the file is damaged`)
  }
}

function verifyHeaders(vault: StoredVault, report: Report): void {
  for (const path of [vault.directory.header, vault.directory.headerCopy]) {
    const bytes = readHeaderBytes(path)
    try {
      if (bytes === null || !isAuthentic(parseHeader(bytes), vault.derivedKeys.headerMac)) {
        report("header", "this copy of the header is missing or was changed", path)
      }
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      report("header", "this copy of the header is damaged", path)
    }
  }
}

function reportDamages(damages: readonly string[], report: Report): void {
  for (const damage of damages) report("pages", damage)
}

async function verifyLog(
  vault: StoredVault,
  { leaves, counts }: Checked,
  report: Report,
  work: LongWork,
): Promise<void> {
  const registers = new LoggedRegisters()
  const rotations = new LoggedRotations()
  const end = vault.journal.head()
  const { rows, flaw } = await walkChain(vault.db, vault.derivedKeys.auditMac, end, (row) => {
    step(work, row.seq, end.seq)
    const body = bodyOf(row)
    const { detail } = body
    if (typeof detail["keyId"] === "string") leaves.set(detail["keyId"], detail["leaves"])
    registers.note(body)
    rotations.note(body)
    counts.auditRows += 1
  })
  counts.auditRows = rows
  if (flaw !== null) report("audit", `row ${flaw.seq}: ${flaw.reason}`, `audit row ${flaw.seq}`)
  registers.compareWith(vault, report)
  rotations.compareWith(vault, report)
}

async function verifyKeys(
  vault: StoredVault,
  { leaves, counts, unreached }: Checked,
  report: Report,
  work: LongWork,
): Promise<void> {
  const turns = new Turns()
  const { keys } = readVaultState(vault.db)
  for (const page of vault.keys.pages()) {
    for (const key of page) {
      if (leaves.get(key.id) !== leafOf(vault.db, key))
        report("inventory", "the key is not as the log left it", key.name)
      if (!unreached.has(key.keyringId)) verifyMaterials(vault, key, report)
      leaves.delete(key.id)
      counts.keys += 1
      step(work, counts.keys, keys)
      counts.versions += key.versions.length
      await turns.breathe()
    }
  }
  for (const id of leaves.keys()) report("inventory", "the log knows this key, the inventory does not", id)
}

function verifyMaterials(vault: StoredVault, key: Key, report: Report): void {
  const { id: keyId, algorithm, keyringId } = key
  for (const { version, state, location, publicKey } of key.versions) {
    if (state === "destroyed") continue
    const place = { keyId, version, algorithm, keyringId }
    try {
      using material = location === inVault ? vault.materials.openReached(place) : null
      if (!vault.materials.isAsExamined(place, publicKey, material))
        report("examined", `what was noted about the material of version ${version} is not so`, key.name)
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      report("material", error.detail ?? error.code, key.name)
    }
  }
}

function reportIncomplete(isComplete: boolean, report: Report): void {
  if (!isComplete) report("counts", "the inventory does not hold as many keys or versions as were recorded")
}

type InspectedPart<Name extends keyof Inspection> = Exclude<Inspection[Name], "unreadable">["found"]

function reportUnerased(unerased: InspectedPart<"unerased">, report: Report): void {
  for (const { id, version } of unerased) {
    report("material", `version ${version} is destroyed, but its material is there`, id)
  }
}

function reportWronglyIndexed(row: number | null, report: Report): void {
  if (row !== null) report("search", "the full-text index does not say what the inventory says", `row ${row}`)
}
