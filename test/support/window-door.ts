import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { asking } from "../../main/app/ask-vault.ts"
import { AutoLock } from "../../main/app/auto-lock.ts"
import { DesktopMemory } from "../../main/app/desktop-memory.ts"
import { SecretClipboard } from "../../main/app/secret-clipboard.ts"
import { windowHandlers } from "../../main/app/window-handlers.ts"
import { suggestPassphrase } from "../../main/crypto/suggested-passphrase.ts"
import { GrantedPaths } from "../../main/ipc/granted-paths.ts"
import { createWindowDispatch } from "../../main/ipc/window-dispatch.ts"
import type { Dispatch } from "../../main/operations/dispatch.ts"
import { defaultPreferences } from "../../preload/contract/preferences.ts"
import type { TestVault } from "./vaults.ts"

export interface WindowDoor {
  readonly dispatch: Dispatch
  /** What the person at the machine may be asked to choose, already granted. */
  readonly file: string
  /** What lies on the clipboard. */
  clipboard(): string
}

/** What a page reaches of Claviger, over a real vault; the person's dialogs answer with one file. */
export function windowDoorOf(vault: TestVault): WindowDoor {
  const file = join(vault.folder, "out")
  const paths = new GrantedPaths()
  paths.grant(file)
  let onClipboard = ""
  const system = {
    readText: async () => onClipboard,
    writeText: async (text: string) => {
      onClipboard = text
    },
    clear: () => {
      onClipboard = ""
    },
  }
  const { claviger } = vault
  const handlers = windowHandlers({
    about: async () => ({
      version: "0",
      runtime: [],
      memory: { locked: true, dontDump: true, guarded: true, coreDumps: "off", debugger: "off" },
      program: { path: "/claviger", sha256: "", isReplaceable: false },
    }),
    isReplaceable: false,
    suggestedPath: vault.path,
    memory: new DesktopMemory(join(vault.folder, "desktop.json"), () => undefined),
    clipboard: new SecretClipboard(system, () => undefined),
    autoLock: new AutoLock({
      now: () => 0,
      preferences: () => defaultPreferences,
      isUnlocked: () => true,
      lock: () => undefined,
    }),
    openPath: () => null,
    refusal: () => null,
    removed: () => null,
    ask: async () => file,
    grant: (path) => paths.grant(path),
    suggestPassphrase,
    askVault: asking(claviger.dispatch),
    checkFile: () => undefined,
    writeFile: (path, bytes) => writeFileSync(path, bytes),
    shredImported: () => undefined,
    shield: () => undefined,
    cancel: (of) => claviger.cancel(of),
    lockLimits: () => asking(claviger.dispatch)("policy.lock", {}),
    onPreferences: () => undefined,
  })
  const dispatch = createWindowDispatch({
    handlers,
    vault: claviger.dispatch,
    reauthenticate: claviger.reauthenticate,
    paths,
    reportBug: (_, error) => vault.bugs.push(error),
  })
  return { dispatch, file, clipboard: () => onClipboard }
}
