import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { SecretClipboard } from "../../main/app/secret-clipboard.ts"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function setUp() {
  const system = { text: "" }
  const told: number[] = []
  const clipboard = new SecretClipboard(
    {
      readText: async () => system.text,
      writeText: async (text) => {
        system.text = text
      },
      clear: () => {
        system.text = ""
      },
    },
    (clearsInMs) => told.push(clearsInMs),
  )
  return { system, told, clipboard }
}

const secret = () => new TextEncoder().encode("copied")

test("a copied secret is gone after its time", async () => {
  const { system, told, clipboard } = setUp()
  await clipboard.copySecret(secret(), 10_000)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(system.text).toBe("copied")
  await vi.advanceTimersByTimeAsync(1)
  expect(system.text).toBe("")
  expect(told).toEqual([10_000, 0])
})

test("what the person copied since stays", async () => {
  const { system, clipboard } = setUp()
  await clipboard.copySecret(secret(), 10_000)
  system.text = "of the person"
  await vi.advanceTimersByTimeAsync(10_000)
  expect(system.text).toBe("of the person")
})

test("locking does not wait for the time", async () => {
  const { system, clipboard } = setUp()
  await clipboard.copySecret(secret(), 10_000)
  await clipboard.clear()
  expect(system.text).toBe("")
})

test("what is no secret stays on the clipboard", async () => {
  const { system, clipboard } = setUp()
  await clipboard.copySecret(secret(), 10_000)
  await clipboard.copyText("a fingerprint")
  await vi.advanceTimersByTimeAsync(10_000)
  expect(system.text).toBe("a fingerprint")
})

test("a second secret has its own time", async () => {
  const { system, clipboard } = setUp()
  await clipboard.copySecret(secret(), 10_000)
  await vi.advanceTimersByTimeAsync(9_000)
  await clipboard.copySecret(new TextEncoder().encode("second"), 10_000)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(system.text).toBe("second")
})

test("a secret that begins with a byte-order mark is known again, and taken back", async () => {
  const { system, clipboard } = setUp()
  await clipboard.copySecret(new TextEncoder().encode("\ufeffcopied"), 10_000)
  expect(system.text).toBe("\ufeffcopied")
  await clipboard.clear()
  expect(system.text).toBe("")
})

test("bytes that are no text are not copied", async () => {
  const { system, told, clipboard } = setUp()
  await expect(clipboard.copySecret(Uint8Array.of(0xff, 0x41), 10_000)).rejects.toMatchObject({ code: "INVALID_INPUT" })
  expect([system.text, told]).toEqual(["", []])
})
