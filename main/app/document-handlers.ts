import { join } from "node:path"
import type { ReportFormat } from "../../preload/contract/report.ts"
import type { WindowHandlers } from "../../preload/contract/window.ts"
import type { AskVault } from "./ask-vault.ts"
import type { AskedPlace } from "./file-dialogs.ts"
import { fileNameOf } from "./file-name.ts"

export interface DocumentParts {
  readonly askVault: AskVault
  readonly ask: (what: AskedPlace, suggested: string) => Promise<string | null>
  readonly checkFile: (path: string, mayReplace: boolean) => void
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
}

export type DocumentHandlerName =
  | "window.export-inventory"
  | "window.export-calendar"
  | "window.incident-report"
  | "window.destruction-certificate"
  | "window.revocation"

const inventoryNames: Readonly<Record<ReportFormat, string>> = {
  csv: "inventory.csv",
  json: "inventory.json",
  cyclonedx: "inventory.cdx.json",
}

const revocationSuffixes = {
  openssh: ".revoked",
  "openssh-krl": ".krl",
  openpgp: ".revocation.asc",
  x509: ".revocation.json",
} as const

/** What the vault states for others, each written where the person says. */
export function documentHandlers(parts: DocumentParts, folder: string): Pick<WindowHandlers, DocumentHandlerName> {
  const { ask, checkFile, writeFile, askVault } = parts
  // Where to is asked first: what is dismissed leaves no row in the log.
  const written = async (
    fileName: string,
    make: () => Promise<Uint8Array>,
    choice: "result" | "inventory" = "result",
  ): Promise<{ path: string | null }> => {
    const path = await ask(choice, join(folder, fileNameOf(fileName)))
    if (path === null) return { path }
    checkFile(path, true)
    writeFile(path, await make(), true)
    return { path }
  }
  return {
    "window.export-inventory": ({ format }) =>
      written(inventoryNames[format], async () => (await askVault("report.inventory", { format })).report, "inventory"),
    "window.export-calendar": ({ within }) =>
      written("due.ics", async () => {
        const { calendar = "" } = await askVault("report.due", { within, limit: 1, calendar: true })
        return new TextEncoder().encode(calendar)
      }),
    "window.incident-report": ({ incident, key, format }) =>
      written(
        `incident ${key}.${format}`,
        async () => (await askVault("incident.report", { incident, format })).report,
      ),
    "window.destruction-certificate": ({ name, version, format }) =>
      written(
        `destruction of ${name}.${format}`,
        async () => (await askVault("key.certificate", { name, version, format })).certificate,
      ),
    "window.revocation": ({ name, format }) =>
      written(
        `${name}${revocationSuffixes[format]}`,
        async () => (await askVault("key.revocation", { name, format })).revocation,
      ),
  }
}
