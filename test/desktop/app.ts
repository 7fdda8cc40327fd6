import { mkdtempSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, type Page } from "@playwright/test"
import type { Inside } from "../electron-standin/host.ts"
import { AuditDriver } from "./audit-driver.ts"
import { BackupDriver } from "./backup-driver.ts"
import { CardDriver } from "./card-driver.ts"
import { EventDriver } from "./event-driver.ts"
import { ExportDriver } from "./export-driver.ts"
import { HealthDriver } from "./health-driver.ts"
import { ImportDriver } from "./import-driver.ts"
import { IncidentDriver } from "./incident-driver.ts"
import { KeyListDriver } from "./key-list-driver.ts"
import { KeyPanelDriver } from "./key-panel-driver.ts"
import { launch, type MainModule, type RunningApp } from "./launch.ts"
import { MachineDriver } from "./machine-driver.ts"
import { NewKeyDriver } from "./new-key-driver.ts"
import { RotationDriver } from "./rotation-driver.ts"
import { SeedDriver } from "./seed-driver.ts"
import { TokenDriver } from "./token-driver.ts"
import { WindowPage } from "./window-page.ts"

export interface StartChoices {
  /** Of an earlier start, or with a vault that was put there; else a fresh one. */
  readonly home?: string
  readonly appearance?: "light" | "dark"
  /** Of X11, such as `:99`: the window is there, and the clipboard is the display's. */
  readonly display?: string
  /** More variables, such as where a library's tokens are. */
  readonly environment?: Readonly<Record<string, string>>
  /** Where its main process runs, such as where another USB is. */
  readonly inside?: Inside
}

/**
 * Drives the app as a person does. The only file, with the parts of it that it names, that knows how it is started
 * and what is where:
 *
 *     const app = await App.start()
 *     await app.createVault({ passphrase: "correct horse" })
 *     await app.makeKey("deploy", { job: "Log in over SSH" })
 *     await app.lock()
 *
 * Each start has a fresh profile (`CLAVIGER_HOME`), unless it is given one that was used before.
 */
export class App extends WindowPage {
  /** Everything that the app keeps: its settings, and the vault it suggests. */
  readonly home: string
  /** The list of keys. */
  readonly keys: KeyListDriver
  readonly newKey: NewKeyDriver
  readonly exports: ExportDriver
  readonly imports: ImportDriver
  readonly seeds: SeedDriver
  readonly tokens: TokenDriver
  /** Of recovery, and of seeds. */
  readonly cards: CardDriver
  readonly audit: AuditDriver
  readonly backups: BackupDriver
  readonly health: HealthDriver
  readonly incidents: IncidentDriver
  readonly events: EventDriver
  /** Those by steps. */
  readonly rotations: RotationDriver
  readonly machine: MachineDriver
  readonly #running: RunningApp
  #page: Page

  private constructor(home: string, running: RunningApp, page: Page) {
    super()
    this.home = home
    this.#running = running
    this.#page = page
    this.keys = new KeyListDriver(this)
    this.newKey = new NewKeyDriver(this)
    this.exports = new ExportDriver(this)
    this.imports = new ImportDriver(this)
    this.seeds = new SeedDriver(this)
    this.tokens = new TokenDriver(this)
    this.cards = new CardDriver(this)
    this.audit = new AuditDriver(this)
    this.backups = new BackupDriver(this)
    this.health = new HealthDriver(this)
    this.incidents = new IncidentDriver(this)
    this.events = new EventDriver(this)
    this.rotations = new RotationDriver(this)
    this.machine = new MachineDriver(running, this)
  }

  static async start({
    home = mkdtempSync(join(tmpdir(), "claviger-app-")),
    appearance,
    display,
    environment: more = {},
    inside,
  }: StartChoices = {}): Promise<App> {
    const environment = {
      ...process.env,
      CLAVIGER_HOME: home,
      CLAVIGER_VAULT: undefined,
      CLAVIGER_CONFIG: undefined,
      ...more,
    }
    if (display !== undefined) Object.assign(environment, { DISPLAY: display, STANDIN_CLIPBOARD: "x11" })
    const running = await launch(environment, inside)
    const page = running.pages()[0] ?? (await running.nextPage())
    if (appearance !== undefined) await page.emulateMedia({ colorScheme: appearance })
    const app = new App(home, running, page)
    await expect(page.getByRole("main")).toBeVisible()
    return app
  }

  get runtime(): RunningApp["runtime"] {
    return this.#running.runtime
  }

  /** The window's page, which is another one after each lock. */
  get page(): Page {
    return this.#page
  }

  get mainPid(): number {
    return this.#running.pid
  }

  /** Where the app suggests to make a vault. */
  get vaultPath(): string {
    return join(this.home, "default.claviger")
  }

  inMain<Argument, Result>(
    run: (electron: MainModule, argument: Argument) => Result,
    argument: Argument,
  ): Promise<Result> {
    return this.#running.inMain(run, argument)
  }

  async close(): Promise<void> {
    await this.#running.close()
    rmSync(this.home, { recursive: true, force: true })
  }

  /** Ends the app and keeps what it wrote. */
  async quit(): Promise<void> {
    await this.#running.close()
  }

  /** Ends it without a chance to clean up; what it wrote stays. */
  async kill(): Promise<void> {
    await this.#running.kill()
  }

  // ── Vaults

  async createVault({ passphrase, name = "Test keys" }: { passphrase: string; name?: string }): Promise<void> {
    await this.button("Create a vault").click()
    await this.field("Name").fill(name)
    await this.field("Passphrase").fill(passphrase)
    await this.field("Passphrase again").fill(passphrase)
    await this.button("Create vault").click()
    await expect(this.heading("Your vault is ready")).toBeVisible()
    await this.field("Passphrase").fill(passphrase)
    await this.button("Open vault").click()
    await this.expectOpen()
  }

  async unlock(passphrase: string): Promise<void> {
    await this.tryToUnlock(passphrase)
    await this.expectOpen()
  }

  async tryToUnlock(passphrase: string): Promise<void> {
    await this.field("Passphrase").fill(passphrase)
    await this.button("Unlock").click()
  }

  /** Tries with what does not open the vault, and follows to the window that says so. */
  async failToUnlock(passphrase: string): Promise<void> {
    await this.followLock(() => this.tryToUnlock(passphrase))
    await expect(this.page.getByRole("alert").first()).toBeVisible()
  }

  /** Locks with the button, and follows to the new window. */
  async lock(): Promise<void> {
    await this.followLock(() => this.button("Lock").click())
  }

  /** Does what locks the app, and follows to the window that starts anew. */
  async followLock(act: () => Promise<unknown>): Promise<void> {
    const next = this.#running.nextPage()
    await act()
    this.#page = await next
    await expect(this.button("Unlock")).toBeVisible()
  }

  async expectOpen(): Promise<void> {
    await expect(this.button("Lock")).toBeVisible()
  }

  async expectLocked(): Promise<void> {
    await expect(this.button("Unlock")).toBeVisible()
  }

  async moveVaultAway(): Promise<void> {
    renameSync(this.vaultPath, `${this.vaultPath}.away`)
  }

  // ── Keys

  async makeKey(name: string, { job }: { job: string }): Promise<void> {
    await this.newKey.propose(job)
    await this.newKey.generate(name)
  }

  async openKey(name: string): Promise<void> {
    await this.keyRow(name).click()
    await expect(this.keyPanel(name)).toBeVisible()
  }

  /** What the panel beside the list shows and does. */
  key(name: string): KeyPanelDriver {
    return new KeyPanelDriver(this, name)
  }

  async rotate(name: string, { reason }: { reason: string }): Promise<void> {
    await this.openKey(name)
    await this.keyPanel(name).getByRole("button", { name: "Rotate…" }).click()
    await this.field("Reason").fill(reason)
    await this.dialog(`Rotate ${name}`).getByRole("button", { name: "Rotate", exact: true }).click()
    await expect(this.dialog(`Rotate ${name}`)).toBeHidden()
  }

  // ── Secrets

  async changePassphrase(to: string): Promise<void> {
    await this.go("Settings")
    await this.field("New passphrase").fill(to)
    await this.field("New passphrase again").fill(to)
    await this.button("Change passphrase").click()
  }

  async restore({ backup, to, passphrase }: { backup: string; to: string; passphrase: string }): Promise<void> {
    await this.button("Other vaults").click()
    await this.button("Restore a backup…").click()
    await this.answerDialog(backup)
    await this.button("Choose: Backup").click()
    await this.answerDialog(to)
    await this.button("Choose: New vault").click()
    await this.field("Passphrase of the backup").fill(passphrase)
    await this.button("Restore").click()
    await this.expectLocked()
  }

  // ── The machine

  /** The next dialog of the system answers so. */
  async answerDialog(path: string | null): Promise<void> {
    await this.inMain(({ dialog }, chosen) => {
      dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? "" })
      dialog.showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
    }, path)
  }

  /** The next dialogs of the system answer so, one after the other: those that open, those that save. */
  async answerDialogs(opened: readonly string[], saved: readonly string[]): Promise<void> {
    await this.inMain(
      ({ dialog }, [open, save]) => {
        const [opening, saving] = [[...open], [...save]]
        dialog.showOpenDialog = async () => ({ canceled: opening.length === 0, filePaths: opening.splice(0, 1) })
        dialog.showSaveDialog = async () => ({ canceled: saving.length === 0, filePath: saving.shift() ?? "" })
      },
      [opened, saved] as const,
    )
  }
}
