import { readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { Secret } from "../../main/domain/secret.ts"
import { memoryProtection, NativeSecretBox } from "../../main/platform/native-memory.ts"
import { SecretBox } from "../../main/platform/secret-box.ts"
import { RunningProgram } from "../support/running-program.ts"

const onLinux = process.platform === "linux"

/** Locked memory of this process in KiB, as the kernel counts it. */
function lockedKibibytes(): number {
  return Number(/^VmLck:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1])
}

function boxOf(bytes: Uint8Array): SecretBox {
  using secret = Secret.copyOf(bytes)
  return new SecretBox(secret)
}

test("any bytes come out as they went in, again and again", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 10_000 }), (bytes) => {
      using box = boxOf(bytes)
      for (const _ of [1, 2]) {
        using copy = box.open()
        expect(copy.bytes).toEqual(bytes)
      }
    }),
  )
})

test("wiping the caller's bytes, or a copy, leaves the box as it was", () => {
  using box = boxOf(Buffer.from("correct horse"))
  box.open()[Symbol.dispose]()
  using copy = box.open()
  expect(Buffer.from(copy.bytes).toString()).toBe("correct horse")
})

test("a destroyed box opens no more, and may be destroyed again", () => {
  const box = boxOf(new Uint8Array(32))
  box.destroy()
  box.destroy()
  expect(() => box.open()).toThrow("the secret has been destroyed")
})

test("boxes of many sizes do not touch each other", () => {
  const contents = Array.from({ length: 300 }, (_, i) => new Uint8Array(1 + ((i * 97) % 5000)).fill(i))
  const boxes = contents.map(boxOf)
  for (const box of boxes.filter((_, i) => i % 3 === 0)) box.destroy()
  const late = boxOf(new Uint8Array(40).fill(7))
  for (const [i, box] of boxes.entries()) {
    if (i % 3 === 0) continue
    using copy = box.open()
    expect(copy.bytes).toEqual(contents[i])
    box.destroy()
  }
  late.destroy()
})

test.for([31, 33, 0])("a target of %i bytes for a secret of 32 is refused", (length) => {
  const box = new NativeSecretBox(new Uint8Array(32))
  expect(() => box.copyTo(new Uint8Array(length))).toThrow(RangeError)
})

test.for([0, 1024 * 1024 + 1])("a secret of %i bytes is refused", (length) => {
  expect(() => new NativeSecretBox(new Uint8Array(length))).toThrow(RangeError)
})

test.for([undefined, null, "secret", [1, 2], new ArrayBuffer(8), new Uint16Array(8), new DataView(new ArrayBuffer(8))])(
  "what is no Uint8Array is refused: %o",
  (value) => {
    expect(() => Reflect.construct(NativeSecretBox, [value])).toThrow(TypeError)
  },
)

test("a method on a foreign object is refused", () => {
  const { copyTo } = NativeSecretBox.prototype
  expect(() => Reflect.apply(copyTo, {}, [new Uint8Array(1)])).toThrow(TypeError)
})

test.skipIf(!onLinux)("2,000 keys share a few locked pages, and give them back", () => {
  const before = lockedKibibytes()
  const boxes = Array.from({ length: 2000 }, (_, i) => boxOf(new Uint8Array(32).fill(i)))
  expect(lockedKibibytes() - before).toBeGreaterThan(0)
  expect(lockedKibibytes() - before).toBeLessThanOrEqual(128)
  for (const box of boxes) box.destroy()
  expect(lockedKibibytes()).toBe(before)
})

test.skipIf(!onLinux)("here the pages are locked, left out of core dumps and guarded", () => {
  expect(memoryProtection()).toEqual({ locked: true, dontDump: true, guarded: true })
})

test.skipIf(!onLinux)("where nothing may be locked, a box works all the same, and it shows", async () => {
  const forbidLocking = ["prlimit", "--memlock=0:0", "setpriv", "--bounding-set=-ipc_lock"]
  await using program = RunningProgram.start(join(import.meta.dirname, "programs", "open-box.ts"), forbidLocking)
  expect(await program.hear()).toEqual({
    opened: "correct horse",
    protection: { locked: false, dontDump: true, guarded: true },
  })
})
