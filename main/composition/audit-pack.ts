import { Buffer } from "node:buffer"
import type { InputOf, OutputOf } from "../../preload/contract/index.ts"
import { reportOperations } from "../../preload/contract/report.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { writeAuditPack } from "../store/write-audit-pack.ts"
import type { PackedFile } from "../store/zip-archive.ts"
import { listEvents } from "../use-cases/event/event-object.ts"
import { listIncidents, showIncident } from "../use-cases/incident/follow-incident.ts"
import { checkPolicy } from "../use-cases/policy/check-policy.ts"
import { reportDue } from "../use-cases/report/report-due.ts"
import { reportHygiene } from "../use-cases/report/report-hygiene.ts"
import { reportInventory } from "../use-cases/report/report-inventory.ts"
import { reportQuantum } from "../use-cases/report/report-quantum.ts"
import { destructions } from "./destruction-certificates.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

const most = 100_000

/** How the pack is verified, with tools that every auditor has. */
const instructions = `An auditor's pack of Claviger.

manifest.json names every other file with its SHA-256; manifest.sig is the signature of manifest.json by the vault's
audit key (Ed25519). Whether audit-key.pem is that key the keeper of the vault tells you: claviger vault info shows it.

1. The key:       openssl pkey -pubin -in audit-key.pem -outform DER | openssl dgst -sha256 -binary | base64
                  must give what claviger vault info shows as auditKey, after SHA256:.
2. The manifest:  openssl pkeyutl -verify -pubin -inkey audit-key.pem -rawin -in manifest.json -sigfile manifest.sig
3. The files:     sha256sum FILE, for each that manifest.json names.
4. The log:       claviger audit verify log.jsonl --signer SHA256:...  (needs the program, not the vault)
                  Its last row is the one that manifest.json names as head.

inventory.json and inventory.cdx.json (CycloneDX) hold every key without its material, policies.json every policy that was ever
set, findings.json what does not meet the policy in force, hygiene.json what else is wrong with keys that work, due.json what is to be
renewed or destroyed within a year, quantum.json which keys a quantum computer breaks, destructions.json a signed certificate of each
destruction with the backups that still hold the key, incidents.json every compromise and what was done about it, events.json what made
keys change at once, backups.json every backup with its last restore drill.
`

/** Packs what an auditor asks for into one signed archive. @throws `ALREADY_EXISTS`, `IO_ERROR` */
export function packForAuditor(session: VaultSession) {
  return ({ out, force }: InputOf<"audit.pack">): Promise<OutputOf<"audit.pack">> =>
    writeAuditPack(session.current(), { out, force: force ?? false }, () => documents(session))
}

async function* documents(session: VaultSession): AsyncGenerator<PackedFile> {
  const vault = session.current()
  yield { name: "README.txt", content: Buffer.from(instructions) }
  const inventory = reportInventory(session, keyCrypto)
  yield { name: "inventory.json", content: (await inventory({ format: "json" })).report }
  yield { name: "inventory.cdx.json", content: (await inventory({ format: "cyclonedx" })).report }
  yield json("policies.json", policies(vault))
  yield json("findings.json", await checkPolicy(session)({ limit: most }))
  yield json("hygiene.json", await wholeHygiene(session))
  yield json("due.json", reportDue(session)({ within: "1y", limit: most }))
  yield json("quantum.json", await reportQuantum(session)({ limit: most }))
  yield json("destructions.json", (await destructions(vault, {})).destructions)
  const { incidents } = listIncidents(session)({})
  yield json(
    "incidents.json",
    incidents.map(({ id }) => showIncident(session)({ incident: id })),
  )
  yield json("events.json", listEvents(session)().events)
  const drills = vault.backups.drills()
  yield json(
    "backups.json",
    vault.backups.list().map((backup) => ({ ...backup, drill: drills.get(backup.id) ?? null })),
  )
}

/** With every key of each finding, however many pages that takes. */
async function wholeHygiene(session: VaultSession): Promise<OutputOf<"report.hygiene">> {
  const asked = reportOperations["report.hygiene"].input.parse({ limit: most })
  const first = await reportHygiene(session)(asked)
  const keys = [...first.keys]
  for (let { next: cursor } = first; cursor !== undefined; ) {
    const page = await reportHygiene(session)({ ...asked, cursor })
    keys.push(...page.keys)
    cursor = page.next
  }
  return { counts: first.counts, keys }
}

function json(name: string, value: object): PackedFile {
  return { name, content: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) }
}

function policies(vault: StoredVault) {
  return vault.keyrings.list().map(({ id, name }) => ({
    keyring: name,
    version: vault.policies.current({ id, name })?.version ?? 0,
    effective: vault.policies.of({ id, name }),
    history: vault.policies.history({ id, name }),
  }))
}
