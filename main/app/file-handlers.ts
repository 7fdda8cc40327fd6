import { basename, dirname, join } from "node:path"
import type { ReportFormat } from "../../preload/contract/report.ts"
import type { WindowHandlers } from "../../preload/contract/window.ts"
import type { AskVault } from "./ask-vault.ts"
import { ChosenPlaces } from "./chosen-places.ts"
import type { AskedPlace } from "./file-dialogs.ts"
import { fileNameOf } from "./file-name.ts"

interface Parts {
  readonly suggestedPath: string
  readonly askVault: AskVault
  readonly ask: (what: AskedPlace, suggested: string) => Promise<string | null>
  readonly checkFile: (path: string, mayReplace: boolean) => void
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
}

const inventoryNames: Readonly<Record<ReportFormat, string>> = {
  csv: "inventory.csv",
  json: "inventory.json",
  cyclonedx: "inventory.cdx.json",
}

type FileHandlerName =
  | "window.save"
  | "window.export-inventory"
  | "window.export-calendar"
  | "window.incident-report"
  | "window.destruction-certificate"
  | "window.revocation"
  | "window.encrypt-file"
  | "window.decrypt-file"

const suffix = ".age"

const revocationSuffixes = {
  openssh: ".revoked",
  "openssh-krl": ".krl",
  openpgp: ".revocation.asc",
  x509: ".revocation.json",
} as const

/** What goes into files, and from file to file, at places that the person names here and now. */
export function fileHandlers(parts: Parts): Pick<WindowHandlers, FileHandlerName> {
  const { ask, checkFile, writeFile, askVault } = parts
  const folder = dirname(parts.suggestedPath)
  const places = new ChosenPlaces()
  // Where to is asked first: what is dismissed leaves no row in the log.
  const made = async (
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
    "window.save": async ({ suggestedName, content }) => {
      try {
        const path = await ask("result", join(folder, basename(suggestedName)))
        if (path === null) return { path }
        checkFile(path, true)
        writeFile(path, content, true)
        return { path }
      } finally {
        content.fill(0)
      }
    },
    "window.export-inventory": ({ format }) =>
      made(inventoryNames[format], async () => (await askVault("report.inventory", { format })).report, "inventory"),
    "window.export-calendar": ({ within }) =>
      made("due.ics", async () => {
        const { calendar = "" } = await askVault("report.due", { within, limit: 1, calendar: true })
        return new TextEncoder().encode(calendar)
      }),
    "window.incident-report": ({ incident, key, format }) =>
      made(`incident ${key}.${format}`, async () => (await askVault("incident.report", { incident, format })).report),
    "window.destruction-certificate": ({ name, version, format }) =>
      made(
        `destruction of ${name}.${format}`,
        async () => (await askVault("key.certificate", { name, version, format })).certificate,
      ),
    "window.revocation": ({ name, format }) =>
      made(
        `${name}${revocationSuffixes[format]}`,
        async () => (await askVault("key.revocation", { name, format })).revocation,
      ),
    "window.encrypt-file": async ({ name, pin }) => {
      const from = () => ask("file-to-encrypt", folder)
      const to = (input: string) => ask("encrypted-file", input + suffix)
      return await places.work({ what: `encrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        await askVault("file.encrypt", { ...chosen, force: true, keys: [{ name }], ...withPin(pin) })
      })
    },
    "window.decrypt-file": async ({ name, reason, pin }) => {
      const from = () => ask("file-to-decrypt", folder)
      const to = (input: string) => ask("decrypted-file", withoutSuffix(input))
      return await places.work({ what: `decrypt ${name}`, isAgain: pin !== undefined, from, to }, async (chosen) => {
        checkFile(chosen.output, true)
        const why = reason === undefined ? {} : { reason }
        await askVault("file.decrypt", { ...chosen, force: true, name, ...why, ...withPin(pin) })
      })
    },
  }
}

function withPin(pin: Uint8Array<ArrayBuffer> | undefined) {
  return pin === undefined ? {} : { pin }
}

function withoutSuffix(path: string): string {
  return path.endsWith(suffix) ? path.slice(0, -suffix.length) : `${path}.decrypted`
}
