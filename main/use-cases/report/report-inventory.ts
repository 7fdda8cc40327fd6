import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { ReportFormat } from "../../../preload/contract/report.ts"
import { csvLine } from "../../domain/comma-separated.ts"
import { cyclonedx } from "../../domain/cyclonedx.ts"
import type { InventoryDocument } from "../../domain/inventory-document.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { KeyOutline } from "../../domain/key-outline.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { advanceKeyStates } from "../key/advance-key-states.ts"
import { timeOf } from "../key/key-object.ts"

const fields = [
  "id",
  "name",
  "keyring",
  "algorithm",
  "purpose",
  "state",
  "exportable",
  "origin",
  "location",
  "owner",
  "environment",
  "createdAt",
  "activatesAt",
  "expiresAt",
  "rotateEvery",
  "nextRotationAt",
  "protectFor",
  "currentVersion",
  "renewedAt",
  "fingerprint",
] as const satisfies readonly (keyof KeyOutline)[]

const documents: Readonly<Record<ReportFormat, () => InventoryDocument>> = { csv, json, cyclonedx }

function csv(): InventoryDocument {
  return { begin: () => csvLine(fields), key: (key) => csvLine(fields.map((field) => key[field])), end: () => "" }
}

function json(): InventoryDocument {
  return {
    begin: ({ vaultId, at }) => `{"vaultId":${JSON.stringify(vaultId)},"at":${JSON.stringify(at)},"keys":[`,
    key: (key, isFirst) => `${isFirst ? "" : ","}\n${JSON.stringify(key, [...fields])}`,
    end: () => "\n]}\n",
  }
}

/** All keys as a document for other programs, without material. What leaves in the clear is in the log. */
export function reportInventory(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async ({ format }: InputOf<"report.inventory">): Promise<OutputOf<"report.inventory">> => {
    const vault = session.current()
    advanceKeyStates(vault)
    const document = documents[format]()
    const head = { id: crypto.newId(vault.now()), vaultId: vault.vaultId, at: timeOf(vault) }
    const encoder = new TextEncoder()
    const pieces = [encoder.encode(document.begin(head))]
    let keys = 0
    for await (const page of vault.keys.outlines({})) {
      const written = page.map((key, index) => document.key(key, keys + index === 0))
      pieces.push(encoder.encode(written.join("")))
      keys += page.length
    }
    pieces.push(encoder.encode(document.end()))
    vault.journal.record(() => ({
      entry: { action: "report.inventory", target: null, detail: { format, keys } },
      result: undefined,
    }))
    return { format, keys, report: joined(pieces) }
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
