import { execFileSync } from "node:child_process"
import { existsSync } from "node:fs"
import { afterEach, beforeEach, expect, test } from "vitest"
import { TestVault } from "../support/vaults.ts"
import { otherProcess } from "./other-process.ts"

// T18; that a forward jump destroys nothing that waits is in key-destruction.test.ts, leap days and summer time in cryptoperiod.test.ts.

const day = 24 * 3_600_000
const year = 365 * day
const noon = Date.parse("2026-03-01T12:00:00.000Z")

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create({ at: noon })
})

afterEach(() => vault[Symbol.dispose]())

async function logged(): Promise<{ times: string[]; actions: string[] }> {
  const { rows } = await vault.ask("audit.list", { limit: 1000 })
  return { times: rows.map(({ at }) => at), actions: rows.map(({ action }) => action) }
}

/** RFC 3339 in UTC sorts as text. */
function inOrder(times: readonly string[]): string[] {
  return times.toSorted((one, other) => (one < other ? -1 : Number(one > other)))
}

async function stateOf(name: string): Promise<string> {
  return (await vault.ask("key.show", { name })).state
}

test("the log's time never goes backwards, and once a session a row says that the clock did", async () => {
  await vault.generate("before")
  vault.at = noon - 400 * day
  await vault.generate("after")
  await vault.generate("after that")
  const { times, actions } = await logged()
  expect(times).toEqual(inOrder(times))
  expect(actions.filter((action) => action === "clock.went-back")).toHaveLength(1)
  const [row] = (await vault.ask("audit.list", { action: "clock.went-back" })).rows
  expect(row?.detail["behindBySeconds"]).toBe((400 * day) / 1000)
  expect(await vault.ask("audit.verify", {})).toMatchObject({ ok: true })
})

test("a clock that is a few seconds behind is nothing to speak of", async () => {
  await vault.generate("before")
  vault.at = noon - 30_000
  await vault.generate("after")
  const { times, actions } = await logged()
  expect(times).toEqual(inOrder(times))
  expect(actions).not.toContain("clock.went-back")
})

test("a clock that jumps with each call keeps the log in order and whole", async () => {
  for (const jump of [-400 * day, 50 * year, -3 * year, 0, 49 * year, -1, 1]) {
    vault.at = noon + jump
    await vault.generate(`at ${jump}`)
    vault.lock()
    await vault.unlock()
  }
  const { times } = await logged()
  expect(times).toEqual(inOrder(times))
  expect(await vault.ask("vault.verify", {})).toMatchObject({ ok: true, checked: { keys: 7 } })
})

test("a key that has expired stays expired when the clock goes back", async () => {
  await vault.generate("short-lived", { expires: "2026-03-02" })
  vault.at = noon + 2 * day
  vault.lock()
  await vault.unlock()
  expect(await stateOf("short-lived")).toBe("deactivated")
  vault.at = noon
  vault.lock()
  await vault.unlock()
  expect(await stateOf("short-lived")).toBe("deactivated")
  const plaintext = new Uint8Array(4)
  expect(await vault.refusal("key.encrypt", { name: "short-lived", plaintext })).toMatchObject({ code: "STATE_DENIED" })
})

test("a key that expired in an open vault stays expired when the clock goes back", async () => {
  await vault.generate("short-lived", { expires: "2026-03-02" })
  vault.at = noon + 2 * day
  const encrypting = () => vault.refusal("key.encrypt", { name: "short-lived", plaintext: new Uint8Array(4) })
  expect(await encrypting()).toMatchObject({ code: "STATE_DENIED" })
  vault.at = noon
  expect(await encrypting()).toMatchObject({ code: "STATE_DENIED" })
})

test("a jump of 50 years ends the work of keys that expire, and destroys nothing", async () => {
  await vault.generate("without end")
  await vault.generate("with an end", { expires: "2030-01-01", rotateEvery: "90d" })
  const { ciphertext } = await vault.ask("key.encrypt", { name: "with an end", plaintext: new Uint8Array([7]) })
  vault.at = noon + 50 * year
  vault.lock()
  await vault.unlock()
  expect(await stateOf("without end")).toBe("active")
  expect(await stateOf("with an end")).toBe("deactivated")
  const token = new Uint8Array(Buffer.from(ciphertext))
  expect((await vault.ask("key.decrypt", { name: "with an end", ciphertext: token })).plaintext).toEqual(
    new Uint8Array([7]),
  )
  const { keys } = await vault.ask("key.list", {})
  expect(keys.flatMap(({ versions }) => versions.map(({ state }) => state))).not.toContain("destroyed")
})

test("after a session under a clock that was years ahead, times are the present's again", async () => {
  vault.at = noon + 50 * year
  vault.lock()
  expect((await vault.unlock()).clock).toEqual({ verdict: "jumped-ahead", offBySeconds: (50 * year) / 1000 })
  expect((await logged()).actions).toContain("clock.jumped-ahead")
  vault.at = noon + day
  vault.lock()
  expect((await vault.unlock()).clock.verdict).toBe("went-back")
  const made = await vault.generate("made now", { expires: "2030-01-01", rotateEvery: "90d" })
  expect(made).toMatchObject({ createdAt: "2026-03-02T12:00:00.000Z", state: "active" })
  expect(made.nextRotationAt).toBe("2026-05-31T12:00:00.000Z")
  await vault.ask("key.encrypt", { name: "made now", plaintext: new Uint8Array(4) })
})

test("a clock that goes on from where it jumped to is believed the next day", async () => {
  for (const [at, verdict] of [
    [noon + 2 * year, "jumped-ahead"],
    [noon + 2 * year + day / 2, "jumped-ahead"],
    [noon + 2 * year + 2 * day, "jumped-ahead"],
    [noon + 2 * year + 3 * day, "plausible"],
  ] as const) {
    vault.at = at
    vault.lock()
    expect((await vault.unlock()).clock.verdict).toBe(verdict)
  }
})

test("a key for later becomes active when its time has come, and not by the clock going back", async () => {
  await vault.generate("for later", { notBefore: "2026-03-10" })
  expect(await stateOf("for later")).toBe("pre-active")
  vault.at = noon - 5 * year
  vault.lock()
  await vault.unlock()
  expect(await stateOf("for later")).toBe("pre-active")
  vault.at = noon + 10 * day
  vault.lock()
  await vault.unlock()
  expect(await stateOf("for later")).toBe("active")
  const rows = (await vault.ask("audit.list", { key: "for later" })).rows.map(({ action }) => action)
  expect(rows).toEqual(["key.generate", "key.activate"])
})

test("the end of a grace stays the end when the clock goes back", async () => {
  await vault.generate("rotated")
  const { ciphertext } = await vault.ask("key.encrypt", { name: "rotated", plaintext: new Uint8Array([7]) })
  const decrypting = { name: "rotated", ciphertext: new Uint8Array(Buffer.from(ciphertext)) }
  await vault.ask("key.rotate", { name: "rotated", grace: "1d" })
  expect((await vault.ask("key.decrypt", decrypting)).keyVersion).toBe(1)
  vault.at = noon + 2 * day
  expect(await vault.refusal("key.decrypt", decrypting)).toMatchObject({ code: "STATE_DENIED" })
  vault.at = noon
  expect(await vault.refusal("key.decrypt", decrypting)).toMatchObject({ code: "STATE_DENIED" })
})

test("a backup made before a key was destroyed is named by its certificate, whatever the clock says", async () => {
  await vault.generate("doomed")
  const out = `${vault.folder}/one.clvbackup`
  await vault.ask("vault.backup", { out })
  vault.at = noon - 3 * year
  const destruction = { name: "doomed", reason: "leaked", confirmed: true }
  const { certificate } = await vault.ask("key.destroy", destruction)
  expect(certificate.backups.map(({ path }) => path)).toEqual([out])
})

test.for(["Pacific/Kiritimati", "Pacific/Niue", "Europe/London", "America/New_York"])(
  "times are UTC in %s, summer or winter",
  async (zone) => {
    const before = process.env["TZ"]
    process.env["TZ"] = zone
    try {
      for (const at of ["2026-03-29T01:30:00.000Z", "2026-10-25T01:30:00.000Z", "2026-12-31T23:59:59.999Z"]) {
        vault.at = Date.parse(at)
        expect(await vault.generate(at)).toMatchObject({ createdAt: at })
      }
      const { key } = { key: await vault.generate("due", { rotateEvery: "1d" }) }
      expect(key.nextRotationAt).toBe("2027-01-01T23:59:59.999Z")
    } finally {
      if (before === undefined) delete process.env["TZ"]
      else process.env["TZ"] = before
    }
  },
)

/** The program `faketime` is a parent of what it runs; what it preloads, as it says itself, lies to us directly. */
const faketime = existsSync("/usr/bin/faketime")
  ? execFileSync("faketime", ["-f", "+0d", "printenv", "LD_PRELOAD"], { encoding: "utf8" }).trim()
  : ""

test.skipIf(faketime === "")("under a clock that really is wrong, by years, the log stays in order", async () => {
  vault.at = null
  await vault.generate("at the right time")
  vault.lock()
  const now = new Date().toISOString()
  for (const wrong of ["-400d", "+50y"]) {
    await using other = otherProcess(vault, "unlock", ["env", `LD_PRELOAD=${faketime}`, `FAKETIME=${wrong}`])
    expect(await other.hear()).toMatchObject({ actions: expect.arrayContaining(["vault.unlock"]) })
    await other[Symbol.asyncDispose]()
  }
  await vault.unlock()
  const { times, actions } = await logged()
  expect(times).toEqual(inOrder(times))
  expect(times.at(-1)?.slice(0, 4)).toBe(String(Number(now.slice(0, 4)) + 50))
  expect(actions.filter((action) => action === "clock.went-back").length).toBeGreaterThanOrEqual(2)
})
