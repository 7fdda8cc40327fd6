import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { RequestOf } from "../../preload/contract/index.ts"
import type { Preferences } from "../../preload/contract/preferences.ts"
import type { Choice, WindowHandlers } from "../../preload/contract/window.ts"
import { Secret } from "../domain/secret.ts"
import type { AskVault } from "./ask-vault.ts"
import type { AutoLock } from "./auto-lock.ts"
import type { DesktopMemory } from "./desktop-memory.ts"
import type { SecretClipboard } from "./secret-clipboard.ts"

interface Parts {
  readonly about: { readonly version: string; readonly runtime: { name: string; version: string }[] }
  readonly suggestedPath: string
  readonly memory: DesktopMemory
  readonly clipboard: SecretClipboard
  readonly autoLock: AutoLock
  readonly openPath: () => string | null
  readonly ask: (what: Choice | "export", suggested: string) => Promise<string | null>
  readonly grant: (path: string) => void
  /** An operation of the vault, for a handler here. */
  readonly askVault: AskVault
  readonly checkFile: (path: string) => void
  readonly writeFile: (path: string, bytes: Uint8Array) => void
  readonly shield: (isOn: boolean) => void
  readonly onPreferences: (preferences: Preferences) => void
}

const done = { done: true } as const

/** What a window can ask for that the command line has no need of. */
export function windowHandlers(parts: Parts): WindowHandlers {
  const { memory, clipboard, autoLock } = parts
  return {
    "window.start": () => ({
      ...parts.about,
      platform: process.platform,
      recent: known(memory.recent, parts.suggestedPath),
      suggestedPath: parts.suggestedPath,
      openPath: parts.openPath(),
      preferences: memory.preferences,
    }),
    "window.choose": async ({ what, suggestedName }) => {
      const path = await parts.ask(what, join(dirname(parts.suggestedPath), fileNameOf(suggestedName ?? "")))
      if (path !== null) parts.grant(path)
      return { path }
    },
    "window.forget": ({ path }) => {
      memory.forget(path)
      return done
    },
    "window.set": (changes) => {
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
    "window.copy": async ({ text }) => {
      await clipboard.copyText(text)
      return done
    },
    ...leaving(parts),
  }
}

/** The vaults opened here before, and the usual one, which the command line may have made. */
function known(recent: readonly string[], usual: string): { path: string; isThere: boolean }[] {
  const paths = recent.includes(usual) || !existsSync(usual) ? recent : [...recent, usual]
  return paths.map((path) => ({ path, isThere: existsSync(path) }))
}

/** Key material goes from the vault to where the person wants it, and never through the page. */
function leaving(parts: Parts): Pick<WindowHandlers, "window.copy-secret" | "window.export" | "window.export-public"> {
  return {
    "window.copy-secret": async ({ name, version, passphrase }) => {
      const protection = { kind: "plaintext", passphrase, confirmed: true } as const
      const { exported } = await parts.askVault("key.export", {
        name,
        ...(version === undefined ? {} : { version }),
        format: "raw",
        protection,
      })
      using secret = new Secret(exported)
      const clearsInMs = parts.memory.preferences.clearClipboardAfter * 1000
      await parts.clipboard.copySecret(secret.bytes, clearsInMs)
      return { clearsInMs }
    },
    "window.export-public": (input) => toFile(parts, input, { kind: "public" }),
    "window.export": ({ passphrase, protection, ...input }) =>
      toFile(parts, input, protection.kind === "plaintext" ? { ...protection, passphrase } : protection),
  }
}

type Leaving = RequestOf<"key.export">

async function toFile(
  parts: Parts,
  leaving: Omit<Leaving, "protection">,
  protection: Leaving["protection"],
): Promise<{ path: string | null }> {
  const path = await parts.ask("export", fileNameOf(`${leaving.name}${suffixes[leaving.format] ?? ""}`))
  if (path === null) return { path: null }
  parts.checkFile(path)
  using exported = new Secret((await parts.askVault("key.export", { ...leaving, protection })).exported)
  parts.writeFile(path, exported.bytes)
  return { path }
}

const suffixes: Readonly<Record<string, string>> = {
  "pkcs8-pem": ".pem",
  "pkcs8-der": ".der",
  "pkcs8-encrypted": ".pem",
  "spki-pem": ".pub.pem",
  openssh: ".pub",
  "openssh-encrypted": "",
  pkcs12: ".p12",
  jwk: ".jwk.json",
  jwe: ".jwe",
  openpgp: ".asc",
  age: ".age",
  hex: ".hex",
}

/** A key's name may hold what a file's name can't. */
function fileNameOf(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._ -]/gu, "-").replace(/^[. ]+/, "")
}
