import { cannotScan, scanLiveMemory } from "../support/memory-scan.ts"
import type { Needle } from "../support/needle-patterns.ts"
import { App } from "./app.ts"
import { expect, test } from "./fixture.ts"

test.skip(cannotScan !== null, cannotScan ?? "")

const right = "right-Qx7vWn2kZp9d"
const wrong = "wrong-Jt4mBs8yLc1f"

/** The whole, and what typing leaves behind, letter by letter: every beginning and every end (CVE-2023-32784). */
function tracesOf(text: string): Needle[] {
  // Two words that follow each other may stand in any text.
  const least = text.includes(" ") ? 16 : 8
  const lengths = Array.from({ length: text.length - least + 1 }, (_, more) => least + more)
  return lengths.flatMap((length) => [
    { name: `the first ${length} of ${text}`, bytes: Buffer.from(text.slice(0, length)) },
    { name: `the last ${length} of ${text}`, bytes: Buffer.from(text.slice(-length)) },
  ])
}

/** What is found in the main process, and in all that draw pages. */
async function findIn(app: App, ...texts: readonly string[]): Promise<string[]> {
  const needles = texts.flatMap(tracesOf)
  const processes = [app.mainPid, ...(await app.machine.rendererPids())]
  const hits = await Promise.all(processes.map((pid) => scanLiveMemory(pid, needles)))
  return hits.flatMap((found, at) =>
    found.map(({ name, encoding }) => `${at === 0 ? "main" : "page"}: ${name} (${encoding})`),
  )
}

async function typePassphrase(app: App, text: string): Promise<void> {
  await app.field("Passphrase").click()
  await app.page.keyboard.type(text)
  await app.button("Unlock").click()
}

test("a passphrase that was typed is in no process after a wrong try, nor after the lock", async () => {
  const app = await App.start()
  await app.createVault({ passphrase: right })
  await app.lock()
  expect(await findIn(app, right)).toEqual([])

  await app.followLock(() => typePassphrase(app, wrong))
  await expect(app.page.getByRole("alert")).toBeVisible()
  expect(await findIn(app, wrong)).toEqual([])

  await typePassphrase(app, right)
  await app.expectOpen()
  // The search finds what is there: the page still has what was typed in it.
  expect(await findIn(app, right)).not.toEqual([])
  await app.lock()
  expect(await findIn(app, right, wrong)).toEqual([])
  await app.close()
})

const phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow"

for (const { how, act } of [
  { how: "left alone", act: (app: App) => app.machine.letPass({ minutes: 5 }) },
  { how: "put to sleep", act: (app: App) => app.machine.says("suspend") },
]) {
  test(`words that were typed and shown are in no process once the machine was ${how}`, async () => {
    const app = await App.start()
    await app.createVault({ passphrase: right })
    await app.seeds.import("cold", phrase)
    await app.seeds.reveal("cold", right)
    await app.hold("Hold to show")
    await expect(app.page.getByText("sausage")).toBeVisible()
    expect(await findIn(app, phrase.slice(0, 20))).not.toEqual([])
    await app.followLock(() => act(app))
    expect(await findIn(app, phrase.slice(0, 20), phrase.slice(-20), right)).toEqual([])
    await app.close()
  })
}
