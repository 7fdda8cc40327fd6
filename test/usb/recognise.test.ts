import { describe, expect, test } from "vitest"
import { tokenLibraries } from "../../main/domain/token-libraries.ts"
import { knownModules } from "../../main/token/known-modules.ts"
import { interfaceClasses } from "../../main/usb/interface-classes.ts"
import { knownDevices, smartCardVendors } from "../../main/usb/known-devices.ts"
import { recognise } from "../../main/usb/recognise.ts"

function recognised(id: string, hasSmartCard = false) {
  const [vendorId = "", productId = ""] = id.split(":")
  return recognise({ vendorId, productId }, hasSmartCard, "linux")
}

describe("known devices", () => {
  test.for([
    ["1050:0407", "YubiKey 4 or 5", "token", tokenLibraries.ykcs11],
    ["1050:0030", "YubiHSM 2", "token", tokenLibraries.yubiHsm],
    ["20a0:4108", "Nitrokey Pro", "token", tokenLibraries.openSc],
    ["20a0:4109", "Nitrokey Storage", "token", tokenLibraries.openSc],
    ["20a0:4211", "Nitrokey Start", "token", tokenLibraries.openSc],
    ["20a0:4230", "Nitrokey HSM", "token", tokenLibraries.openSc],
    ["20a0:42b2", "Nitrokey 3", "token", tokenLibraries.openSc],
    ["0529:0620", "Thales SafeNet eToken", "token", tokenLibraries.eToken],
    ["096e:0807", "Feitian ePass2003", "token", tokenLibraries.openSc],
    ["18d1:9470", "Google Titan", "security-key", undefined],
    ["1050:0120", "Security Key by Yubico", "security-key", undefined],
    ["534c:0001", "Trezor wallet", "wallet", undefined],
    ["2c97:5015", "Ledger wallet", "wallet", undefined],
  ] as const)("%s is %s", ([id, name, kind, library]) => {
    const found = recognised(id)
    expect(found).toMatchObject({ name, kind })
    expect(found?.needs[0]?.library).toBe(library)
  })

  test("what no library reaches is explained", () => {
    const unexplained = knownDevices.filter(({ libraries, explanation }) => !libraries && explanation === undefined)
    expect(unexplained).toEqual([])
  })

  test("no id stands for two devices", () => {
    const ids = knownDevices.flatMap((device) => device.ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test("ids are written as devices are compared", () => {
    const ids = [
      ...knownDevices.flatMap((device) => device.ids),
      ...Object.keys(smartCardVendors).map((id) => `${id}:*`),
    ]
    expect(ids.filter((id) => !/^[0-9a-f]{4}:([0-9a-f]{4}|\*)$/.test(id))).toEqual([])
  })

  test("every library that a device needs is one that is looked for", () => {
    const names = new Set(knownModules("linux").map(({ name }) => name))
    expect(Object.values(tokenLibraries).filter((name) => !names.has(name))).toEqual([])
  })

  test("what to install depends on the system", () => {
    const ids = { vendorId: "1050", productId: "0407" }
    const packages = (["linux", "darwin", "win32"] as const).map(
      (platform) => recognise(ids, false, platform)?.needs[0]?.install,
    )
    expect(packages).toEqual(["ykcs11 and pcscd", "yubico-piv-tool (Homebrew)", "Yubico PIV Tool"])
  })
})

describe("other devices", () => {
  test("one with an interface for smart cards is a reader, by its maker's name where that is known", () => {
    expect([recognised("04e6:5116", true)?.name, recognised("fff0:0001", true)?.name]).toEqual([
      "Identiv or SCM smart card reader",
      "Smart card reader",
    ])
  })

  test("one without is nothing to us, even of a maker of readers", () => {
    expect([recognised("046a:0011"), recognised("fff0:0001")]).toEqual([null, null])
  })
})

describe("the descriptors of a device", () => {
  const device = [18, 1, 0, 2, 0, 0, 0, 64, 0x50, 0x10, 7, 4, 0, 1, 1, 2, 3, 1]
  const configuration = [9, 2, 32, 0, 2, 1, 0, 0x80, 50]
  const interfaces = (...classes: number[]) => classes.flatMap((one, number) => [9, 4, number, 0, 0, one, 0, 0, 0])

  test("tell the classes of its interfaces", () => {
    expect(interfaceClasses(Uint8Array.from([...device, ...configuration, ...interfaces(3, 0x0b)]))).toEqual([3, 0x0b])
  })

  test.for([
    ["empty", []],
    ["cut off in an interface", [...configuration, 9, 4, 0, 0]],
    ["that end with an interface of no length", [...configuration, 0, 4, 0, 0, 0, 0x0b]],
    ["whose interface is too short to have a class", [5, 4, 0, 0, 0, 9, 0x0b]],
  ] as const)("%s tell none", ([, bytes]) => {
    expect(interfaceClasses(Uint8Array.from(bytes))).toEqual([])
  })
})
