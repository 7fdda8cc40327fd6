import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { z } from "zod"
import { UsbDevice } from "../../preload/contract/usb-device.ts"
import { isThere } from "../interop/program.ts"
import { FakeUsb, noFakeUsb } from "../support/fake-usb.ts"

const programs = join(import.meta.dirname, "programs")
const yubiKey = { vendorId: "1050", productId: "0407", manufacturer: "Yubico", product: "YubiKey OTP+FIDO+CCID" }
const Listed = z.array(UsbDevice.pick({ name: true, serial: true, product: true, manufacturer: true }))

describe.skipIf(noFakeUsb !== null)("the USB of a machine, by the real library", () => {
  let usb: FakeUsb

  beforeEach(async () => {
    usb = await FakeUsb.start()
  })

  afterEach(() => usb[Symbol.dispose]())

  function listed() {
    const [program, args] = usb.inside(process.execPath, [join(programs, "list-usb.ts")])
    return Listed.parse(JSON.parse(execFileSync(program, args, { encoding: "utf8" })))
  }

  /** The lines of a program that watches, one at a time, and what ends it. */
  function watching(...under: readonly string[]) {
    const [first = process.execPath, ...words] = [...under, process.execPath, join(programs, "watch-usb.ts")]
    const [program, args] = usb.inside(first, words)
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    return {
      next: async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? "null"),
      end: async () => {
        const exited = once(child, "exit")
        child.stdin.end("end")
        return (await exited)[0]
      },
    }
  }

  test("nothing plugged in is an empty list", () => {
    expect(listed()).toEqual([])
  })

  test("a device is listed with what it says of itself", () => {
    usb.plugIn("1-1", { ...yubiKey, serial: "12345678" })
    expect(listed()).toEqual([
      { name: "YubiKey 4 or 5", serial: "12345678", manufacturer: "Yubico", product: "YubiKey OTP+FIDO+CCID" },
    ])
  })

  test("a device without a serial number has none", () => {
    usb.plugIn("1-1", yubiKey)
    expect(listed()[0]?.serial).toBeNull()
  })

  test("two of the same kind are two", () => {
    usb.plugIn("1-1", { ...yubiKey, serial: "1" })
    usb.plugIn("1-2", { ...yubiKey, serial: "2" })
    expect(listed().map(({ serial }) => serial)).toEqual(["1", "2"])
  })

  test("what takes smart cards is listed whoever made it, and what does not is not", () => {
    usb.plugIn("1-1", { vendorId: "fff0", productId: "0001", product: "A reader" })
    usb.plugIn("1-2", { vendorId: "fff0", productId: "0002", product: "A mouse", interfaceClass: 3 })
    expect(listed().map(({ name, product }) => [name, product])).toEqual([["Smart card reader", "A reader"]])
  })

  test.for([
    ["escape sequences", "\u001b[2J\u0007", "\\u{1b}[2J\\u{7}"],
    ["what turns text around", "\u202egnp.exe", "\\u{202e}gnp.exe"],
    ["several lines", "one\ntwo", "one\\u{a}two"],
  ] as const)("a name of %s is inert", ([, product, shown]) => {
    usb.plugIn("1-1", { ...yubiKey, product })
    expect(listed()[0]?.product).toBe(shown)
  })

  test("a device whose names are no text is listed", () => {
    usb.plugIn("1-1", { ...yubiKey, product: Uint8Array.of(0xff, 0xfe, 0x00), serial: Uint8Array.of(0xc3) })
    expect(listed().map(({ name }) => name)).toEqual(["YubiKey 4 or 5"])
  })

  test("plugging in and pulling out is told when it happens, and which device has gone", async () => {
    usb.plugIn("1-1", { ...yubiKey, serial: "12345678" })
    const watch = watching()
    expect(await watch.next()).toEqual([true, "YubiKey 4 or 5 12345678"])
    usb.plugIn("1-3", { vendorId: "fff0", productId: "0002", product: "A mouse", interfaceClass: 3 })
    usb.plugIn("1-2", { ...yubiKey, serial: "2" })
    expect(await watch.next()).toBe("plugged in")
    expect(await watch.next()).toBe("changed")
    usb.pullOut("1-1")
    expect(await watch.next()).toEqual(["removed", "1050", "0407", "12345678"])
    expect(await watch.next()).toBe("changed")
    usb.pullOut("1-2")
    expect(await watch.next()).toEqual(["removed", "1050", "0407", "2"])
    expect(await watch.next()).toBe("changed")
    expect(await watch.end()).toBe(0)
  })

  test("where USB is not, nothing is plugged in, nothing is watched, and nothing waits", async () => {
    execFileSync(...usb.inside("rmdir", ["/sys/bus/usb/devices"]))
    const watch = watching()
    expect(await watch.next()).toEqual([false])
    expect(await watch.end()).toBe(0)
  })

  test.skipIf(!isThere("strace"))(
    "where a sandbox keeps the kernel's messages, devices are listed all the same",
    async () => {
      usb.plugIn("1-1", { ...yubiKey, serial: "1" })
      const sandbox = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=bind", "-e", "inject=bind:error=EPERM"]
      const watch = watching(...sandbox)
      expect(await watch.next()).toEqual([false, "YubiKey 4 or 5 1"])
      expect(await watch.end()).toBe(0)
    },
  )
})
