import { expect, type Locator, type Page } from "@playwright/test"

/** What a person finds in the window, by its role and name, and does anywhere in it. */
export abstract class WindowPage {
  /** The window's page, which is another one after each lock. */
  abstract get page(): Page

  async go(place: "Keys" | "Seeds" | "Tokens" | "Health" | "Audit" | "Backups" | "Settings"): Promise<void> {
    // The name may be followed by how many need care.
    await this.page
      .getByRole("navigation")
      .getByRole("button", { name: new RegExp(`^${place}\\b`) })
      .click()
    await expect(this.page.getByRole("heading", { level: 1, name: place })).toBeVisible()
  }

  /** Answers the question for the passphrase, which comes before what an open vault alone does not allow. */
  async typePassphraseAgain(passphrase: string): Promise<void> {
    const question = this.dialog("Passphrase again")
    await question.getByLabel("Passphrase of this vault", { exact: true }).fill(passphrase)
    await question.getByRole("button", { name: "Continue" }).click()
  }

  /** Does something by the palette: types a part of it, until it is the first that is offered. */
  async command(typed: string, option: string): Promise<void> {
    await this.page.keyboard.press("Control+k")
    await this.page.keyboard.type(typed)
    await expect(this.page.getByRole("option", { selected: true })).toContainText(option)
    await this.page.keyboard.press("Enter")
  }

  /** Presses a button and keeps it down. @returns what lets it go */
  async hold(name: string): Promise<() => Promise<void>> {
    await this.button(name).hover()
    await this.page.mouse.down()
    return () => this.page.mouse.up()
  }

  /** Presses two buttons before the page can draw what the first one brings. */
  async pressAtOnce(one: string, other: string): Promise<void> {
    const second = await this.button(other).elementHandle()
    await this.button(one).evaluate((first, next) => {
      for (const button of [first, next]) button?.dispatchEvent(new MouseEvent("click", { bubbles: true }))
    }, second)
  }

  /** Takes one of the choices that a field offers. */
  async choose(label: string | RegExp, choice: string): Promise<void> {
    const named = typeof label === "string" ? this.field(label) : this.page.getByLabel(label)
    await this.page.getByRole("combobox", { name: label }).or(named).first().click()
    await this.page.getByRole("option", { name: choice, exact: true }).click()
  }

  /** Takes one of several choices that all show. */
  async pick(choice: string): Promise<void> {
    await this.page.getByRole("radio", { name: choice, exact: true }).check()
  }

  /** What a field offers. */
  async choices(label: string): Promise<string[]> {
    const field = this.page.getByRole("combobox", { name: label }).or(this.field(label)).first()
    await field.click()
    await expect(this.page.getByRole("option").first()).toBeVisible()
    const texts = await this.page.getByRole("option").allTextContents()
    await field.click()
    return texts
  }

  /** What is typed into the fields of several lines, also into those that nobody sees. */
  typedTexts(): Promise<string[]> {
    return this.page.locator("textarea").evaluateAll((areas) => areas.map((area) => Reflect.get(area, "value")))
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

  /** How long it takes until a passphrase may be tried again. */
  get nextTry(): Locator {
    return this.page.getByRole("timer", { name: "Next try" })
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { name })
  }
}
