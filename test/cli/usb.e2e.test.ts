import { execFileSync } from "node:child_process"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { FakeUsb, noFakeUsb } from "../support/fake-usb.ts"
import { ClavigerHome, program } from "../support/run-claviger.ts"

describe.skipIf(noFakeUsb !== null)("what is plugged in, at the terminal", () => {
  let usb: FakeUsb
  let home: ClavigerHome

  beforeEach(async () => {
    usb = await FakeUsb.start()
    home = new ClavigerHome()
  })

  afterEach(() => {
    home[Symbol.dispose]()
    usb[Symbol.dispose]()
  })

  const shown = (...words: readonly string[]) =>
    execFileSync(...usb.inside(process.execPath, [program, ...words]), { env: home.environment, encoding: "utf8" })

  test("each device has a line with its library and what to install", () => {
    usb.plugIn("1-1", { vendorId: "0529", productId: "0620", manufacturer: "SafeNet", serial: "01" })
    expect(shown("token", "usb")).toMatch(/^Thales SafeNet eToken +token +01 +Thales SafeNet eToken +missing +Thales'/m)
  })

  test("a wallet is explained", () => {
    usb.plugIn("1-1", { vendorId: "2c97", productId: "5015", manufacturer: "Ledger" })
    expect(shown("token", "usb")).toContain("\n\nLedger wallet: A wallet signs with its own seed")
  })

  test("as JSON, a device has its ids and its kind, and needs no vault", () => {
    usb.plugIn("1-1", { vendorId: "2c97", productId: "5015", manufacturer: "Ledger" })
    expect(JSON.parse(shown("--json", "token", "usb"))).toMatchObject({
      isWatched: false,
      devices: [{ vendorId: "2c97", productId: "5015", serial: null, kind: "wallet", library: null }],
    })
  })

  test("a name can't steer the terminal", () => {
    usb.plugIn("1-1", { vendorId: "1050", productId: "0407", serial: "\u001b[2J" })
    expect(shown("token", "usb")).toContain("\\u{1b}[2J")
  })
})
