import type { HandlersOf } from "../../preload/contract/index.ts"
import { reportDue } from "../use-cases/report/report-due.ts"
import { reportHealth } from "../use-cases/report/report-health.ts"
import { reportHygiene } from "../use-cases/report/report-hygiene.ts"
import { reportInventory } from "../use-cases/report/report-inventory.ts"
import { reportQuantum } from "../use-cases/report/report-quantum.ts"
import { reportUsage } from "../use-cases/report/report-usage.ts"
import { destructions } from "./destruction-certificates.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for reports. */
export function reportHandlers(session: VaultSession): HandlersOf<"report"> {
  return {
    "report.due": reportDue(session),
    "report.health": reportHealth(session),
    "report.hygiene": reportHygiene(session),
    "report.inventory": reportInventory(session, keyCrypto),
    "report.destructions": (input) => destructions(session.current(), input),
    "report.quantum": reportQuantum(session),
    "report.usage": reportUsage(session),
  }
}
