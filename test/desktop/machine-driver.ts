import type { MenuItem, RunningApp } from "./launch.ts"
import type { WindowPage } from "./window-page.ts"

/** What is around the window, as a part of `App`: its process and the system, which can be made to say things. */
export class MachineDriver {
  readonly #running: RunningApp
  readonly #app: WindowPage

  constructor(running: RunningApp, app: WindowPage) {
    this.#running = running
    this.#app = app
  }

  /** The clock of the main process goes on. */
  async letPass({ minutes }: { minutes: number }): Promise<void> {
    await this.#running.inMain((_, ms) => {
      const now = performance.now.bind(performance)
      performance.now = () => now() + ms
    }, minutes * 60_000)
  }

  async says(event: string): Promise<void> {
    await this.#running.inMain(({ powerMonitor }, name) => {
      powerMonitor.emit(name)
    }, event)
  }

  async crashPage(): Promise<void> {
    await this.#running.inMain(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
    }, null)
  }

  /** Whether the system keeps the window out of screenshots. */
  isShielded(): Promise<boolean> {
    return this.#running.inMain(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isContentProtected() ?? false,
      null,
    )
  }

  async chooseFromMenu(label: string): Promise<void> {
    if (!(await this.#findInMenu(label, true))) throw new Error(`the menu does not offer ${label} now`)
  }

  /** Whether it could be chosen now. */
  isInMenu(label: string): Promise<boolean> {
    return this.#findInMenu(label, false)
  }

  #findInMenu(label: string, isChosen: boolean): Promise<boolean> {
    return this.#running.inMain(
      ({ Menu }, wanted) => {
        const search = (items: readonly MenuItem[]): MenuItem | undefined => {
          for (const item of items) {
            const found = item.label === wanted.label ? item : search(submenuOf(item))
            if (found !== undefined) return found
          }
          return undefined
        }
        const submenuOf = ({ submenu }: MenuItem): readonly MenuItem[] =>
          submenu === undefined || submenu === null ? [] : "items" in submenu ? submenu.items : submenu
        const found = search(Menu.getApplicationMenu()?.items ?? [])
        if (found === undefined || found.enabled === false) return false
        if (wanted.isChosen) found.click?.()
        return true
      },
      { label, isChosen },
    )
  }

  /** What other programs can learn of the page through the system's accessibility. */
  async accessibilityTree(): Promise<string> {
    const cdp = await this.#app.page.context().newCDPSession(this.#app.page)
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
}
