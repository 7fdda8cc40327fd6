import { z } from "zod"
import { canonicalJson } from "../crypto/canonical-json.ts"
import { VaultError } from "../domain/vault-error.ts"
import type { AuditBody } from "./audit-chain.ts"
import { defaultKeyring } from "./create-stored-vault.ts"
import { LoggedIncident } from "./incident-store.ts"
import { policyLabel, policySummary } from "./policy-store.ts"
import type { StoredVault } from "./stored-vault.ts"
import { readVaultState } from "./vault-state.ts"

export type Report = (rule: string, message: string, target?: string) => void

const Running = z.array(z.object({ detail: z.string() }))
const Rotation = z.object({ keyring: z.string(), toVersion: z.int() })

const LoggedHolder = z.object({ id: z.string(), uri: z.string(), key: z.string() })

/** What the log says of keyrings, of their rotations that run, and of backups: to be compared with their tables. */
export class LoggedRegisters {
  /** Keyring name → version of its KEK. */
  readonly #keyrings = new Map([[defaultKeyring, 1]])
  /** Keyring name → the version that it is being moved to. */
  readonly #rotations = new Map<string, number>()
  /** Keyring name → id; the first keyring's is nowhere in the log. */
  readonly #ids = new Map<string, unknown>()
  #instanceId: unknown
  /** Id of a key in a token that holds a keyring → which, and what it holds, as text. */
  readonly #holders = new Map<string, string>()
  /** Backup id → path. */
  readonly #backups = new Map<string, string>()
  /** Backup id → when, and how somebody knows, that it was destroyed, as text. */
  readonly #destroyedBackups = new Map<string, string>()
  /** Backup id → how its last drill ended, as text. */
  readonly #drills = new Map<string, string>()

  /** What was found in tokens, in order, as text. */
  readonly #tokenChecks: string[] = []
  /** What a version of a policy is called → what the log says of it. */
  readonly #policies = new Map<string, string>()
  /** Incident id → hash of what the log left. */
  readonly #incidents = new Map<string, string>()

  /** Takes note of a row of the log, in order. */
  note({ action, target, outcome, detail }: AuditBody): void {
    if (action === "token.health" && outcome !== "denied")
      this.#tokenChecks.push(canonicalJson(detail["report"] ?? null))
    if (action === "vault.drill" && outcome !== "denied") this.#noteDrill(target, detail)
    if (outcome !== "done") return
    if (action === "vault.create" || action === "vault.restore") this.#instanceId = detail["instanceId"]
    this.#noteIncident(detail)
    if (target === null) return
    if (action === "keyring.create") {
      this.#keyrings.set(target, 1)
      this.#ids.set(target, detail["keyringId"])
    }
    if (action === "keyring.policy") {
      this.#policies.set(policyLabel(target, detail["version"]), policySummary(detail["hash"], detail["at"]))
    }
    this.#noteHolder(action, detail)
    // The backup that a vault was restored from is one of its own; before schema 2 the log did not say which file it was.
    if (action === "vault.backup" || action === "vault.restore") this.#backups.set(String(detail["backupId"]), target)
    if (action === "vault.backup-destroyed")
      this.#destroyedBackups.set(String(detail["backupId"]), JSON.stringify([detail["at"], detail["reason"]]))
    if (action !== "keyring.rotate") return
    const toVersion = Number(detail["toVersion"])
    this.#keyrings.set(target, toVersion)
    if (detail["phase"] === "started") this.#rotations.set(target, toVersion)
    else this.#rotations.delete(target)
  }

  #noteIncident({ incident }: AuditBody["detail"]): void {
    const logged = LoggedIncident.safeParse(incident)
    if (logged.success) this.#incidents.set(logged.data.id, logged.data.hash)
  }

  #noteHolder(action: string, { keyringId, holder }: AuditBody["detail"]): void {
    const held = LoggedHolder.safeParse(holder)
    if (!held.success) return
    const { id, uri, key } = held.data
    if (action === "keyring.withdraw") this.#holders.delete(id)
    else this.#holders.set(id, JSON.stringify([keyringId, uri, key]))
  }

  #noteDrill(
    target: string | null,
    { backupId, at, problem, isFoundElsewhere, isFoundAgain }: AuditBody["detail"],
  ): void {
    const id = String(backupId)
    this.#drills.set(id, JSON.stringify({ at, problem }))
    if (isFoundElsewhere === true && target !== null) this.#backups.set(id, target)
    if (isFoundAgain === true) this.#destroyedBackups.delete(id)
  }

  compareWith(vault: StoredVault, report: Report): void {
    this.#compareKeyrings(vault, report)
    for (const policy of unequal(this.#policies, vault.policies.summaries())) {
      report("policies", "the policy is not as the log left it", policy)
    }
    for (const incident of unequal(this.#incidents, vault.incidents.hashes())) {
      report("incidents", "the incident is not as the log left it", incident)
    }
    if (this.#instanceId !== readVaultState(vault.db).instanceId) {
      report("state", "the vault is another instance than its log says: no anchor knows it")
    }
    const running = Running.parse(vault.db.prepare("SELECT detail FROM operations WHERE kind = 'keyring.rotate'").all())
    const rotations = running.map(({ detail }) => Rotation.parse(JSON.parse(detail)))
    const toVersions = new Map(rotations.map(({ keyring, toVersion }) => [keyring, toVersion]))
    for (const keyring of unequal(this.#rotations, toVersions)) {
      report("operations", "the rotation of the keyring is not as the log left it", keyring)
    }
    this.#compareBackups(vault, report)
    this.#compareTokenChecks(vault, report)
  }

  #compareBackups(vault: StoredVault, report: Report): void {
    const list = vault.backups.list()
    for (const id of unequal(this.#backups, new Map(list.map(({ id, path }) => [id, path])))) {
      report("backups", "the record of a backup is not as the log left it", id)
    }
    const destroyed = list.flatMap(({ id, destruction }) =>
      destruction === null ? [] : [[id, JSON.stringify([destruction.at, destruction.reason])] as const],
    )
    for (const id of unequal(this.#destroyedBackups, new Map(destroyed))) {
      report("backups", "whether a backup is destroyed is not as the log left it", id)
    }
    const drills = [...vault.backups.drills()].map(
      ([id, { at, problem }]) => [id, JSON.stringify({ at, problem })] as const,
    )
    for (const id of unequal(this.#drills, new Map(drills))) {
      report("backups", "the record of a restore drill is not as the log left it", id)
    }
  }

  #compareTokenChecks(vault: StoredVault, report: Report): void {
    const stored = vault.tokenHealth.texts()
    const isSame =
      stored.length === this.#tokenChecks.length && stored.every((text, at) => text === this.#tokenChecks[at])
    if (!isSame) report("token-checks", "the record of how tokens were is not as the log left it")
  }

  #compareKeyrings(vault: StoredVault, report: Report): void {
    const keyrings = vault.keyrings.list()
    const versions = new Map(keyrings.map(({ name, kekVersion }) => [name, kekVersion]))
    for (const name of unequal(this.#keyrings, versions)) {
      report("keyrings", "the keyring is not as the log left it", name)
    }
    const holders = vault.keks.holders
      .all()
      .map(({ keyringId, id, uri, key }) => [id, JSON.stringify([keyringId, uri, key])] as const)
    for (const id of unequal(this.#holders, new Map(holders))) {
      report("keyrings", "a key in a token that holds a keyring is not as the log left it", id)
    }
    for (const { id, name, kekVersion, tokens } of keyrings) {
      const logged = this.#ids.get(name)
      if (logged !== undefined && logged !== id) report("keyrings", "the keyring has another one's name", name)
      if (tokens.length > 0) continue
      try {
        vault.keks.get(id, kekVersion)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        report("keyrings", error.detail ?? error.code, name)
      }
    }
  }
}

/** The names for which two registers do not say the same. */
export function unequal<Value>(logged: ReadonlyMap<string, Value>, stored: ReadonlyMap<string, Value>): string[] {
  return [...new Set([...logged.keys(), ...stored.keys()])].filter((name) => logged.get(name) !== stored.get(name))
}
