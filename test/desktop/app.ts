import { mkdtempSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, type Locator, type Page } from "@playwright/test"
import { launch, type MainModule, type MenuItem, type RunningApp } from "./launch.ts"
import { passphrase as usualPassphrase } from "./vault-plan.ts"

interface StartChoices {
  /** Of an earlier start, or with a vault that was put there; else a fresh one. */
  readonly home?: string
  readonly appearance?: "light" | "dark"
  /** Of X11, such as `:99`: the window is there, and the clipboard is the display's. */
  readonly display?: string
}

/**
 * Drives the app as a person does. The only file that knows how it is started and what its parts are called:
 *
 *     const app = await App.start()
 *     await app.createVault({ passphrase: "correct horse" })
 *     await app.makeKey("deploy", { job: "Log in over SSH" })
 *     await app.lock()
 *
 * Each start has a fresh profile (`CLAVIGER_HOME`), unless it is given one that was used before.
 */
export class App {
  /** Everything that the app keeps: its settings, and the vault it suggests. */
  readonly home: string
  readonly #running: RunningApp
  #page: Page

  private constructor(home: string, running: RunningApp, page: Page) {
    this.home = home
    this.#running = running
    this.#page = page
  }

  static async start({
    home = mkdtempSync(join(tmpdir(), "claviger-app-")),
    appearance,
    display,
  }: StartChoices = {}): Promise<App> {
    const environment = { ...process.env, CLAVIGER_HOME: home, CLAVIGER_VAULT: undefined, CLAVIGER_CONFIG: undefined }
    if (display !== undefined) Object.assign(environment, { DISPLAY: display, STANDIN_CLIPBOARD: "x11" })
    const running = await launch(environment)
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
    await expect(this.heading("Your vault is ready")).toBeVisible({ timeout: 30_000 })
    await this.field("Passphrase").fill(passphrase)
    await this.button("Open vault").click()
    await this.expectOpen()
  }

  /** Makes a vault with recovery cards, any 2 of 3. As far as the cards. */
  async createVaultWithCards(passphrase: string): Promise<void> {
    await this.button("Create a vault").click()
    await this.field("Passphrase").fill(passphrase)
    await this.field("Passphrase again").fill(passphrase)
    await this.page.getByRole("radio", { name: "2 of 3 shares on paper" }).check()
    await this.button("Create vault").click()
    await expect(this.heading("Recovery cards")).toBeVisible({ timeout: 30_000 })
  }

  /** Says that the cards are written down, and types one of them back. */
  async checkWrittenCard(words: string): Promise<void> {
    await this.button("Next card").click()
    await this.button("Next card").click()
    await this.button("All are written down").click()
    await this.field("Words of card 1").fill(words)
    await this.button("Check").click()
  }

  async recover(cards: readonly string[], newPassphrase: string): Promise<void> {
    await this.button("Open with recovery cards instead").click()
    await this.field("Words of the cards, one card a line").fill(cards.join("\n"))
    await this.field("New passphrase").fill(newPassphrase)
    await this.field("New passphrase again").fill(newPassphrase)
    await this.button("Recover").click()
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
    await expect(this.button("Lock")).toBeVisible({ timeout: 15_000 })
  }

  async expectLocked(): Promise<void> {
    await expect(this.button("Unlock")).toBeVisible()
  }

  // ── Keys

  async makeKey(name: string, { job }: { job: string }): Promise<void> {
    await this.button("New key…").or(this.button("Make the first key")).first().click()
    await this.page.getByRole("button", { name: job }).click()
    await this.field("Name").fill(name)
    await this.button("Generate key").click()
    await expect(this.dialog("The key is made")).toBeVisible({ timeout: 15_000 })
    await this.button("Show the key").click()
    await expect(this.keyPanel(name)).toBeVisible()
  }

  async openKey(name: string): Promise<void> {
    await this.keyRow(name).click()
    await expect(this.keyPanel(name)).toBeVisible()
  }

  async searchKeys(text: string): Promise<void> {
    await this.field("Search keys").fill(text)
  }

  /** @returns milliseconds from the last letter to the row of that name as the only one */
  async searchFor(name: string): Promise<number> {
    await this.searchKeys("")
    await expect(this.page.getByRole("row").nth(2)).toBeVisible()
    const found = this.page.evaluate((wanted) => {
      const isFound = () => {
        const rows = [...document.querySelectorAll(".key-scroller [role=row]")]
        return rows.length === 1 && rows[0]?.textContent?.includes(wanted) === true
      }
      return new Promise<number>((resolve) => {
        let typedAt = performance.now()
        document.addEventListener("input", () => {
          typedAt = performance.now()
        })
        const look = () => (isFound() ? resolve(performance.now() - typedAt) : requestAnimationFrame(look))
        look()
      })
    }, name)
    await this.searchKeys(name)
    return found
  }

  /** Turns the wheel over the list. @returns the milliseconds between the frames */
  async scrollThroughKeys({ forMs }: { forMs: number }): Promise<number[]> {
    return this.page.getByRole("rowgroup", { name: "Keys" }).evaluate((list, duration) => {
      return new Promise<number[]>((resolve) => {
        const frames: number[] = []
        const startedAt = performance.now()
        let last = startedAt
        const next = (now: number) => {
          frames.push(now - last)
          last = now
          list.scrollTop += 160
          if (now - startedAt < duration) requestAnimationFrame(next)
          else resolve(frames.slice(1))
        }
        requestAnimationFrame(next)
      })
    }, forMs)
  }

  async rotate(name: string, { reason }: { reason: string }): Promise<void> {
    await this.openKey(name)
    await this.keyPanel(name).getByRole("button", { name: "Rotate…" }).click()
    await this.field("Reason").fill(reason)
    await this.dialog(`Rotate ${name}`).getByRole("button", { name: "Rotate", exact: true }).click()
    await expect(this.dialog(`Rotate ${name}`)).toBeHidden()
  }

  async showTab(name: string, tab: "Overview" | "Versions" | "Relations" | "History"): Promise<void> {
    await this.keyPanel(name).getByRole("tab", { name: tab }).click()
  }

  // ── Secrets

  async copySecret(name: string, passphrase: string): Promise<void> {
    await this.openKey(name)
    await this.keyPanel(name).getByRole("button", { name: "Copy…" }).click()
    await this.field("Passphrase of this vault").fill(passphrase)
    await this.dialog(`Copy ${name}`).getByRole("button", { name: "Copy", exact: true }).click()
  }

  /** Answers the question for the passphrase, which comes before what an open vault alone does not allow. */
  async typePassphraseAgain(passphrase: string): Promise<void> {
    const question = this.dialog("Passphrase again")
    await question.getByLabel("Passphrase of this vault", { exact: true }).fill(passphrase)
    await question.getByRole("button", { name: "Continue" }).click()
  }

  async changePassphrase(to: string): Promise<void> {
    await this.go("Settings")
    await this.field("New passphrase").fill(to)
    await this.field("New passphrase again").fill(to)
    await this.button("Change passphrase").click()
  }

  /** As far as the question for the vault's passphrase. */
  async startExport(name: string, filePassphrase: string): Promise<void> {
    await this.openKey(name)
    await this.keyPanel(name).getByRole("button", { name: "Export…" }).click()
    await this.page.getByText("Encrypted", { exact: true }).click()
    await this.field("Passphrase of the file").fill(filePassphrase)
    await this.field("Passphrase of the file again").fill(filePassphrase)
    await this.button("Choose a file and export").click()
  }

  async exportEncrypted(
    name: string,
    filePassphrase: string,
    { passphrase = usualPassphrase, isDone = true } = {},
  ): Promise<void> {
    await this.startExport(name, filePassphrase)
    await this.typePassphraseAgain(passphrase)
    if (isDone) await expect(this.dialog(`Export ${name}`)).toBeHidden()
  }

  async dropKeyFile(name: string, content: Buffer): Promise<void> {
    await this.button("Import…").click()
    const dropped = await this.page.evaluateHandle(
      ([fileName, bytes]) => {
        const transfer = new DataTransfer()
        transfer.items.add(new File([Uint8Array.from(bytes)], fileName))
        return transfer
      },
      [name, [...content]] as const,
    )
    await this.page
      .getByRole("group", { name: "Drop a key file here" })
      .dispatchEvent("drop", { dataTransfer: dropped })
    await this.button("Import").click()
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

  async importSeed(name: string, phrase: string): Promise<void> {
    await this.go("Seeds")
    await this.button("New seed…").click()
    await this.page.getByText("Import a phrase", { exact: true }).click()
    await this.field("Name").fill(name)
    await this.page.getByLabel(/^The phrase/).fill(phrase)
    await this.button("Import seed").click()
    await expect(this.seed(name)).toBeVisible()
  }

  async combineShares(name: string, shares: readonly string[]): Promise<void> {
    await this.go("Seeds")
    await this.button("New seed…").click()
    await this.page.getByText("Combine shares", { exact: true }).first().click()
    await this.field("Name").fill(name)
    await this.page.getByLabel(/^SLIP-39 shares/).fill(shares.join("\n"))
    await this.dialog("New seed").getByRole("button", { name: "Combine shares" }).click()
    await expect(this.dialog("New seed")).toBeHidden()
  }

  async checkWrittenCopy(name: string, copy: string): Promise<void> {
    await this.seed(name).getByRole("button", { name: "Check a written copy…" }).click()
    await this.page.getByLabel("Type the words from the paper").fill(copy)
    await this.button("Check").click()
  }

  /** As far as the button that shows the words. */
  async revealSeed(name: string, passphrase: string): Promise<void> {
    await this.go("Seeds")
    await this.seed(name).getByRole("button", { name: "Reveal…" }).click()
    await this.field("Passphrase of this vault").fill(passphrase)
    await this.button("Continue").click()
    await expect(this.button("Hold to show")).toBeVisible()
  }

  /** Presses a button and keeps it down. @returns what lets it go */
  async hold(name: string): Promise<() => Promise<void>> {
    await this.button(name).hover()
    await this.page.mouse.down()
    return () => this.page.mouse.up()
  }

  /** Opens one of a seed's dialogs, from its card or from what is behind More. */
  async openSeedDialog(name: string, action: string): Promise<void> {
    await this.go("Seeds")
    await this.button(`More for ${name}`).click()
    await this.page.getByRole("menuitem", { name: action }).click()
  }

  /** Splits a seed as it is proposed: any 2 of 3. As far as the cards. */
  async splitSeed(name: string, passphrase = usualPassphrase): Promise<void> {
    await this.openSeedDialog(name, "Split into cards…")
    await this.button("Make the cards").click()
    await this.typePassphraseAgain(passphrase)
    await expect(this.dialog(`Cards of ${name}`)).toBeVisible()
  }

  /** What a card says while its button is held. */
  async readCard(number: number): Promise<string> {
    const release = await this.hold("Hold to show")
    const words = this.page.getByRole("note", { name: `Words of card ${number}` })
    const text = (await words.textContent()) ?? ""
    await release()
    await expect(words).toHaveCount(0)
    return text
  }

  /** Prints without a printer. @returns the words of each sheet, and each sheet's place in the flow of pages */
  async printCards(): Promise<{ readonly sheets: string[]; readonly breaks: string[] }> {
    const printed = this.page.evaluateHandle(() => {
      const sheets: string[] = []
      const breaks: string[] = []
      window.print = () => {
        for (const sheet of document.querySelectorAll(".printed-card")) {
          sheets.push([...sheet.querySelectorAll("li")].map(({ textContent }) => textContent).join(" "))
          breaks.push(getComputedStyle(sheet).breakAfter)
        }
        window.dispatchEvent(new Event("afterprint"))
      }
      return { sheets, breaks }
    })
    const handle = await printed
    await this.page.emulateMedia({ media: "print" })
    await this.page.getByRole("button", { name: "Print all cards…", includeHidden: true }).dispatchEvent("click")
    await this.page.emulateMedia({ media: null })
    return handle.jsonValue()
  }

  seed(name: string): Locator {
    return this.page.getByRole("article", { name })
  }

  // ── The machine

  /** The clock of the main process goes on. */
  async letPass({ minutes }: { minutes: number }): Promise<void> {
    await this.inMain((_, ms) => {
      const now = performance.now.bind(performance)
      performance.now = () => now() + ms
    }, minutes * 60_000)
  }

  async machineSays(event: string): Promise<void> {
    await this.inMain(({ powerMonitor }, name) => {
      powerMonitor.emit(name)
    }, event)
  }

  async crashPage(): Promise<void> {
    await this.inMain(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    }, null)
  }

  /** Whether the system keeps the window out of screenshots. */
  isShielded(): Promise<boolean> {
    return this.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isContentProtected() ?? false, null)
  }

  async chooseFromMenu(label: string): Promise<void> {
    await this.inMain(({ Menu }, wanted) => {
      const search = (items: readonly MenuItem[]): MenuItem | undefined => {
        for (const item of items) {
          const found = item.label === wanted ? item : search(submenuOf(item))
          if (found !== undefined) return found
        }
        return undefined
      }
      const submenuOf = ({ submenu }: MenuItem): readonly MenuItem[] =>
        submenu === undefined || submenu === null ? [] : "items" in submenu ? submenu.items : submenu
      const menu = Menu.getApplicationMenu()
      search(menu === null ? [] : menu.items)?.click?.()
    }, label)
  }

  /** What other programs can learn of the page through the system's accessibility. */
  async accessibilityTree(): Promise<string> {
    const cdp = await this.page.context().newCDPSession(this.page)
    const { nodes } = await cdp.send("Accessibility.getFullAXTree")
    await cdp.detach()
    return JSON.stringify(nodes)
  }

  windowCount(): number {
    return this.#running.pages().length
  }

  /** Process ids of what draws pages. */
  rendererPids(): Promise<number[]> {
    return this.#running.rendererPids()
  }

  /** Starts the app once more on the same profile. @returns its exit status */
  startAgain(): Promise<number> {
    return this.#running.startAgain()
  }

  async moveVaultAway(): Promise<void> {
    renameSync(this.vaultPath, `${this.vaultPath}.away`)
  }

  // ── Places and parts

  async go(place: "Keys" | "Seeds" | "Audit" | "Backups" | "Settings"): Promise<void> {
    await this.page.getByRole("navigation").getByRole("button", { name: place, exact: true }).click()
    await expect(this.page.getByRole("heading", { level: 1, name: place })).toBeVisible()
  }

  /** The next dialog of the system answers so. */
  async answerDialog(path: string | null): Promise<void> {
    await this.inMain(({ dialog }, chosen) => {
      dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? "" })
      dialog.showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
    }, path)
  }

  async picture(file: string): Promise<void> {
    await expect(this.page.locator("[aria-busy=true]")).toHaveCount(0)
    // The caret blinks.
    await this.page.screenshot({ path: file, caret: "hide", animations: "disabled" })
  }

  keyRow(name: string): Locator {
    return this.page.getByRole("row", { name })
  }

  keyPanel(name: string): Locator {
    return this.page.getByRole("complementary", { name: `Key ${name}` })
  }

  dialog(title: string): Locator {
    return this.page.getByRole("dialog", { name: title })
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true })
  }

  field(label: string): Locator {
    return this.page
      .getByRole("textbox", { name: label, exact: true })
      .or(this.page.getByLabel(label, { exact: true }))
      .first()
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { name })
  }
}
