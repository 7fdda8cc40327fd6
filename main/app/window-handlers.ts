import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { LongOperation } from "../../preload/contract/announcements.ts"
import type { RequestOf } from "../../preload/contract/index.ts"
import type { LockLimits } from "../../preload/contract/policy.ts"
import type { Preferences } from "../../preload/contract/preferences.ts"
import type { Refusal } from "../../preload/contract/refusal.ts"
import type { Removed } from "../../preload/contract/removed.ts"
import type { KeyFormat } from "../../preload/contract/values.ts"
import type { WindowHandlers, WindowOutputOf } from "../../preload/contract/window.ts"
import { requireWithinLimits } from "../domain/lock-limits.ts"
import { Secret } from "../domain/secret.ts"
import type { AskVault } from "./ask-vault.ts"
import type { AutoLock } from "./auto-lock.ts"
import type { DesktopMemory } from "./desktop-memory.ts"
import type { AskedPlace } from "./file-dialogs.ts"
import { fileHandlers } from "./file-handlers.ts"
import { fileNameOf } from "./file-name.ts"
import type { SecretClipboard } from "./secret-clipboard.ts"

export type SuggestPassphrase = () => Promise<{
  readonly passphrase: Secret
  readonly words: number
  readonly bits: number
}>

interface Parts {
  readonly about: () => Promise<WindowOutputOf<"window.about">>
  readonly isReplaceable: boolean
  readonly suggestedPath: string
  readonly memory: DesktopMemory
  readonly clipboard: SecretClipboard
  readonly autoLock: AutoLock
  readonly openPath: () => string | null
  readonly refusal: () => Refusal | null
  readonly removed: () => Removed | null
  readonly ask: (what: AskedPlace, suggested: string) => Promise<string | null>
  readonly grant: (path: string) => void
  readonly suggestPassphrase: SuggestPassphrase
  /** An operation of the vault, for a handler here. */
  readonly askVault: AskVault
  readonly checkFile: (path: string, mayReplace: boolean) => void
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
  /** Overwrites and removes a file that was imported, and refuses any other. */
  readonly shredImported: (path: string) => void
  readonly shield: (isOn: boolean) => void
  /** Ends long work of the vault early. */
  readonly cancel: (of: LongOperation) => void
  /** What the policies of the open vault allow. */
  readonly lockLimits: () => Promise<LockLimits>
  readonly onPreferences: (preferences: Preferences) => void
}

const done = { done: true } as const

/** What a window can ask for that the command line has no need of. */
export function windowHandlers(parts: Parts): WindowHandlers {
  const { memory, clipboard, autoLock } = parts
  return {
    "window.start": () => ({
      isReplaceable: parts.isReplaceable,
      platform: process.platform,
      recent: known(memory.recent, parts.suggestedPath),
      suggestedPath: parts.suggestedPath,
      openPath: parts.openPath(),
      refusal: parts.refusal(),
      removed: parts.removed(),
      preferences: memory.preferences,
    }),
    "window.about": parts.about,
    "window.choose": async ({ what, suggestedName }) => {
      const path = await parts.ask(what, join(dirname(parts.suggestedPath), fileNameOf(suggestedName ?? "")))
      if (path !== null) parts.grant(path)
      return { path }
    },
    "window.suggest-passphrase": async () => {
      const { passphrase, words, bits } = await parts.suggestPassphrase()
      return { suggested: passphrase.bytes, words, bits }
    },
    "window.forget": ({ path }) => {
      memory.forget(path)
      return done
    },
    "window.set": async (changes) => {
      requireWithinLimits(changes, await parts.lockLimits())
      const preferences = memory.set(changes)
      parts.onPreferences(preferences)
      return preferences
    },
    "window.shield": ({ isOn }) => {
      parts.shield(isOn)
      return done
    },
    "window.place": (place) => {
      autoLock.enter(place)
      return done
    },
    "window.cancel": ({ of }) => {
      parts.cancel(of)
      return done
    },
    "window.copy": async ({ text }) => {
      await clipboard.copyText(text)
      return done
    },
    "window.shred": async () => {
      const path = await parts.ask("shred", dirname(parts.suggestedPath))
      if (path !== null) parts.shredImported(path)
      return { path }
    },
    ...leaving(parts),
    ...fileHandlers(parts),
  }
}

/** The vaults opened here before, and the usual one, which the command line may have made. */
function known(recent: readonly string[], usual: string): { path: string; isThere: boolean }[] {
  const paths = recent.includes(usual) || !existsSync(usual) ? recent : [...recent, usual]
  return paths.map((path) => ({ path, isThere: existsSync(path) }))
}

type Leaving = "window.copy-secret" | "window.export" | "window.export-public" | "window.export-seed" | "window.child"

/** Key material goes from the vault to where the person wants it, and never through the page. */
function leaving(parts: Parts): Pick<WindowHandlers, Leaving> {
  return {
    "window.copy-secret": async ({ name, version, passphrase }) => {
      const protection = { kind: "plaintext", passphrase, confirmed: true } as const
      const { exported } = await parts.askVault("key.export", {
        name,
        ...(version === undefined ? {} : { version }),
        format: "raw",
        protection,
      })
      return { clearsInMs: await toClipboard(parts, exported) }
    },
    "window.export-public": (input) => keyToFile(parts, input, { kind: "public" }),
    "window.export": ({ passphrase, protection, ...input }) =>
      keyToFile(parts, input, protection.kind === "plaintext" ? { ...protection, passphrase } : protection),
    "window.export-seed": ({ name, protection }) => {
      const place = {
        what: "export-seed",
        fileName: `${name}${protection.kind === "keystore-v3" ? ".json" : ".age"}`,
      } as const
      return toFile(parts, place, () => parts.askVault("seed.export", { name, protection }))
    },
    "window.child": async (input) => {
      const { path, index, child } = await parts.askVault("seed.child", { ...input, confirmed: true })
      return { path, index, clearsInMs: child === undefined ? null : await toClipboard(parts, child) }
    },
  }
}

type Export = RequestOf<"key.export">
type ExportedKey = Omit<Export, "protection"> & { readonly folder?: string | undefined }

function keyToFile(parts: Parts, key: ExportedKey, protection: Export["protection"]): Promise<Written> {
  const { folder, ...leaving } = key
  const fileName = `${key.name}${suffixOf(key.format, protection)}`
  return toFile(parts, { what: "export", fileName, folder }, () =>
    parts.askVault("key.export", { ...leaving, protection }),
  )
}

interface Written {
  path: string | null
}

interface PlaceOfFile {
  readonly what: "export" | "export-seed"
  readonly fileName: string
  /** Where the person chose one before. */
  readonly folder?: string | undefined
}

/** Where to is asked before anything leaves: what is dismissed leaves no row in the log. */
async function toFile(
  parts: Parts,
  { what, fileName, folder }: PlaceOfFile,
  ask: () => Promise<{ exported: Uint8Array<ArrayBuffer> }>,
): Promise<Written> {
  const name = fileNameOf(fileName)
  const path = folder === undefined ? await parts.ask(what, name) : join(folder, name)
  if (path === null) return { path: null }
  // Nobody was asked about what a folder holds already.
  const mayReplace = folder === undefined
  parts.checkFile(path, mayReplace)
  using exported = new Secret((await ask()).exported)
  parts.writeFile(path, exported.bytes, mayReplace)
  return { path }
}

/** Wipes it. @returns milliseconds until it is taken back */
async function toClipboard(parts: Parts, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  using secret = new Secret(bytes)
  const clearsInMs = parts.memory.preferences.clearClipboardAfter * 1000
  await parts.clipboard.copySecret(secret.bytes, clearsInMs)
  return clearsInMs
}

/** OpenSSH calls the public half `.pub`, and the private one by the bare name. */
function suffixOf(format: KeyFormat, { kind }: Export["protection"]): string {
  return format === "openssh" && kind !== "public" ? "" : suffixes[format]
}

const suffixes: Readonly<Record<KeyFormat, string>> = {
  "pkcs8-pem": ".pem",
  "pkcs8-der": ".der",
  "pkcs8-encrypted": ".encrypted.pem",
  "spki-pem": ".pub.pem",
  openssh: ".pub",
  "openssh-encrypted": ".openssh",
  pkcs12: ".p12",
  jwk: ".jwk.json",
  jwe: ".jwe",
  openpgp: ".asc",
  age: ".age",
  raw: ".bin",
  hex: ".hex",
}
