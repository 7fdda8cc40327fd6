import { join } from "node:path"
import { app, clipboard, dialog, ipcMain, Menu, nativeTheme, powerMonitor, session } from "electron"
import type { Announcement } from "../../preload/contract/announcements.ts"
import type { Preferences } from "../../preload/contract/preferences.ts"
import type { Refusal } from "../../preload/contract/refusal.ts"
import type { Removed } from "../../preload/contract/removed.ts"
import { VaultError } from "../domain/vault-error.ts"
import { openDoor } from "../ipc/door.ts"
import { GrantedPaths } from "../ipc/granted-paths.ts"
import { createWindowDispatch } from "../ipc/window-dispatch.ts"
import { asking } from "./ask-vault.ts"
import { AutoLock } from "./auto-lock.ts"
import { DesktopMemory } from "./desktop-memory.ts"
import type { DesktopParts } from "./desktop-parts.ts"
import { askForPath } from "./file-dialogs.ts"
import { ImportedFiles } from "./imported-files.ts"
import { LockPolicy } from "./lock-policy.ts"
import { menuTemplate } from "./menu.ts"
import { servePages } from "./page-protocol.ts"
import { denyPermissions } from "./permissions.ts"
import { SecretClipboard } from "./secret-clipboard.ts"
import { TokenRemoval } from "./token-removal.ts"
import { TokenWatch } from "./token-watch.ts"
import { VaultWindow } from "./vault-window.ts"
import { watchingLock } from "./watch-lock.ts"
import { windowHandlers } from "./window-handlers.ts"
import { partition, windowOptions } from "./window-options.ts"

/** How often it is looked whether it is time to check tokens. */
const checkTokensEveryMs = 10_000
/** How often the tokens are looked at whose removal locks the vault. */
const lookForRemovalEveryMs = 3000
/** Readers and their libraries find a device some time after the system does. */
const readersFindItAfterMs = 2000

/** The app from the moment that Electron is ready: one window over the same operations as the command line. */
export class Desktop {
  readonly #parts: DesktopParts
  readonly #window: VaultWindow
  readonly #clipboard: SecretClipboard
  readonly #memory: DesktopMemory
  readonly #autoLock: AutoLock
  readonly #lockPolicy: LockPolicy
  readonly #tokenWatch: TokenWatch
  readonly #tokenRemoval: TokenRemoval
  readonly #paths = new GrantedPaths()
  readonly #imported = new ImportedFiles()
  #openPath: string | null = null
  #refusal: Refusal | null = null
  #removed: Removed | null = null

  constructor(parts: DesktopParts) {
    this.#parts = parts
    this.#memory = new DesktopMemory(join(parts.configDirectory, "desktop.json"), parts.replaceFile)
    this.#window = new VaultWindow(() => this.#windowOptions(), {
      onActivity: () => this.#autoLock.noteActivity(),
      onCrash: () => void this.lock(),
    })
    this.#clipboard = new SecretClipboard(clipboard, (clearsInMs) => {
      this.#window.announce({ topic: "clipboard", clearsInMs })
    })
    this.#lockPolicy = new LockPolicy(parts.claviger)
    this.#autoLock = new AutoLock({
      now: () => performance.now(),
      preferences: () => this.#lockPolicy.within(this.#memory.preferences),
      isUnlocked: () => parts.claviger.isUnlocked(),
      lock: (removed) => {
        this.#removed = removed
        if (removed !== null) parts.claviger.noteRemoval(removed)
        void this.lock()
      },
    })
    this.#tokenWatch = new TokenWatch({
      now: Date.now,
      preferences: () => this.#memory.preferences,
      visit: () => parts.claviger.visit(),
      askVault: asking(parts.claviger.dispatch),
      tell: (failing) => this.#window.announce({ topic: "token-health", failing }),
    })
    this.#tokenRemoval = new TokenRemoval({
      preferences: () => this.#memory.preferences,
      visit: () => parts.claviger.visit(),
      isShown: (uri) => parts.claviger.isTokenShown(uri),
      onRemoved: (uri) => this.#autoLock.onTokenRemoved(uri),
    })
    for (const path of [parts.suggestedPath, ...this.#memory.recent]) this.#paths.grant(path)
  }

  open(): void {
    const pages = session.fromPartition(partition)
    denyPermissions(pages)
    denyPermissions(session.defaultSession)
    servePages(pages, join(this.#parts.bundles, "renderer"))
    openDoor(ipcMain, (event) => this.#window.isOurs(event), this.#dispatch())
    this.#buildMenu()
    this.#watchTheMachine()
    nativeTheme.themeSource = this.#memory.preferences.appearance
    this.#window.show()
  }

  show(): void {
    this.#window.show()
  }

  /** Tells the page what it did not ask for. */
  announce(announcement: Announcement): void {
    this.#window.announce(announcement)
  }

  /** Locks the vault, takes back the clipboard, and starts over with a renderer that has never seen a key. */
  async lock(): Promise<void> {
    await this.#parts.claviger.dispatch("vault.lock", {})
    await this.#afterLock()
  }

  /** The app ends: nothing stays behind. */
  async close(): Promise<void> {
    this.#parts.claviger.close()
    await this.#parts.usb.close()
    await this.#clipboard.clear()
  }

  async #afterLock(): Promise<void> {
    this.#imported.forget()
    this.#window.renew()
    this.#buildMenu()
    await this.#clipboard.clear()
  }

  #windowOptions() {
    const preload = join(this.#parts.bundles, "preload", "preload.cjs")
    return windowOptions({ preload, isPackaged: app.isPackaged, isDark: nativeTheme.shouldUseDarkColors })
  }

  #dispatch() {
    const { claviger, reportBug } = this.#parts
    const vault = watchingLock({
      dispatch: this.#imported.watching(claviger.dispatch),
      onUnlocked: (path) => this.#onUnlocked(path),
      onRefused: (path, failure) => this.#onRefused({ path, failure }),
      onLocked: () => void this.#afterLock(),
      onPolicy: () => this.#lockPolicy.refresh(),
    })
    return createWindowDispatch({
      handlers: this.#handlers(),
      vault,
      reauthenticate: claviger.reauthenticate,
      paths: this.#paths,
      reportBug,
    })
  }

  #handlers() {
    const { claviger, checkFile, shredFile } = this.#parts
    return windowHandlers({
      ...this.#parts,
      memory: this.#memory,
      clipboard: this.#clipboard,
      autoLock: this.#autoLock,
      openPath: () => (claviger.isUnlocked() ? this.#openPath : null),
      refusal: () => this.#refusal,
      removed: () => this.#removed,
      ask: async (what, suggested) => {
        const window = this.#window.current
        const visit = claviger.visit()
        const path = window === null ? null : await askForPath(dialog, window, what, suggested)
        // What was allowed before a lock is not allowed after it, whoever has opened a vault since.
        if (claviger.visit() !== visit) throw new VaultError("VAULT_LOCKED")
        return path
      },
      grant: (path) => this.#paths.grant(path),
      askVault: asking(claviger.dispatch),
      checkFile: (path, mayReplace) => {
        if (this.#openPath !== null) checkFile(this.#openPath, path, mayReplace)
      },
      shredImported: (path) => shredFile(path, (content) => this.#imported.has(content)),
      shield: (isOn) => this.#window.current?.setContentProtection(isOn),
      cancel: (of) => claviger.cancel(of),
      lockLimits: () => this.#lockPolicy.learn(),
      onPreferences: (preferences) => this.#apply(preferences),
    })
  }

  #onUnlocked(path: string): void {
    this.#openPath = path
    this.#refusal = null
    this.#removed = null
    this.#memory.remember(path)
    this.#buildMenu()
    this.#autoLock.enter({ isSeeds: false })
    this.#lockPolicy.refresh()
    void this.#tokenRemoval.look()
  }

  /** A page keeps what was typed in it, wherever it is wiped: it ends, and the next one says why. */
  #onRefused(refusal: Refusal): void {
    this.#refusal = refusal
    this.#window.renew()
  }

  #apply({ appearance }: Preferences): void {
    nativeTheme.themeSource = appearance
    void this.#tokenRemoval.look()
  }

  #buildMenu(): void {
    const template = menuTemplate({
      platform: process.platform,
      isPackaged: app.isPackaged,
      isUnlocked: this.#parts.claviger.isUnlocked(),
      go: (to) => this.#window.announce({ topic: "go", to }),
      lock: () => void this.lock(),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  /** Who asks at once may miss it. */
  #tellOfUsb(): void {
    const tell = () => this.#window.announce({ topic: "usb" })
    tell()
    setTimeout(tell, readersFindItAfterMs)
  }

  #watchTheMachine(): void {
    powerMonitor.on("suspend", () => this.#autoLock.onSuspend())
    powerMonitor.on("lock-screen", () => this.#autoLock.onScreenLock())
    powerMonitor.on("shutdown", () => app.quit())
    app.on("window-all-closed", () => {
      this.#autoLock.onWindowClosed()
      if (process.platform !== "darwin") app.quit()
    })
    setInterval(() => this.#autoLock.check(), 1000)
    setInterval(() => void this.#tokenWatch.check(), checkTokensEveryMs)
    setInterval(() => void this.#tokenRemoval.look(), lookForRemovalEveryMs)
    void this.#parts.usb.watch({
      onChange: () => this.#tellOfUsb(),
      onPluggedIn: () => setTimeout(() => void this.#tokenWatch.onPluggedIn(), readersFindItAfterMs),
      onRemoved: (device) => this.#autoLock.onRemoved(device),
    })
  }
}
