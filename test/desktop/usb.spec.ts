import { FakeUsb, noFakeUsb } from "../support/fake-usb.ts"
import type { App } from "./app.ts"
import { test as base, expect, passphrase, startWith } from "./fixture.ts"
import { electronBinary } from "./launch.ts"
import { emptyVault } from "./vault-plan.ts"

const yubiKey = { vendorId: "1050", productId: "0407", manufacturer: "Yubico", product: "YubiKey OTP+FIDO+CCID" }
const name = "YubiKey 4 or 5"

/** The app with an open vault and its Tokens screen, on a machine whose USB is ours. */
const test = base.extend<{ readonly usb: FakeUsb; readonly usbApp: App }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter
  usb: async ({}, provide) => {
    using usb = await FakeUsb.start()
    await provide(usb)
  },
  usbApp: async ({ usb }, provide) => {
    const started = await startWith(emptyVault, { inside: usb.inside })
    await started.unlock(passphrase)
    await started.tokens.open()
    await provide(started)
    await started.close()
  },
})

test.skip(noFakeUsb !== null, `no USB can be made up: ${noFakeUsb}`)
test.skip(electronBinary() !== null, "Playwright reaches Electron over the network that a made-up USB takes away")

test("what is plugged in shows by itself, and no longer when it is pulled out", async ({ usb, usbApp }) => {
  await expect(usbApp.tokens.usb).toContainText("Nothing of that kind is plugged in.")
  usb.plugIn("1-1", { ...yubiKey, serial: "12345678" })
  await expect(usbApp.tokens.device(name)).toContainText("1050:0407, serial number 12345678")
  usb.pullOut("1-1")
  await expect(usbApp.tokens.device(name)).toHaveCount(0)
})

test("a device whose library is missing says what to install, and a wallet is explained", async ({ usb, usbApp }) => {
  usb.plugIn("1-1", { vendorId: "0529", productId: "0620" })
  usb.plugIn("1-2", { vendorId: "2c97", productId: "5015" })
  await expect(usbApp.tokens.device("Thales SafeNet eToken")).toContainText(
    "Install Thales' SafeNet Authentication Client",
  )
  await expect(usbApp.tokens.device("Ledger wallet")).toContainText("It is recognised and not driven")
})

test("pulling out a device that was chosen for it locks the vault, and another one does not", async ({
  usb,
  usbApp,
}) => {
  usb.plugIn("1-1", { ...yubiKey, serial: "1" })
  usb.plugIn("1-2", { ...yubiKey, serial: "2" })
  await usbApp.tokens.removalLock(usbApp.tokens.device("serial number 1")).click()
  await expect(usbApp.tokens.removalLock(usbApp.tokens.device("serial number 1"))).toBeChecked()
  usb.pullOut("1-2")
  await expect(usbApp.tokens.device("serial number 2")).toHaveCount(0)
  await usbApp.expectOpen()
  await usbApp.followLock(async () => usb.pullOut("1-1"))
  await usbApp.unlock(passphrase)
  await usbApp.tokens.open()
  await expect(usbApp.tokens.device("A device that is not plugged in")).toContainText("serial number 1")
})

test("the devices that lock the vault by being pulled out are in Settings, and taken off there", async ({
  usb,
  usbApp,
}) => {
  const locks = usbApp.page.getByRole("group", { name: "When a token or a device is removed" })
  usb.plugIn("1-1", { ...yubiKey, serial: "1" })
  await usbApp.tokens.removalLock(usbApp.tokens.device("serial number 1")).click()
  await usbApp.go("Settings")
  await expect(locks).toContainText(`${name} 1050:0407, serial number 1`)
  await locks.getByRole("button", { name: /^Remove:/ }).click()
  await expect(locks).toContainText("None is chosen")
  usb.pullOut("1-1")
  await usbApp.tokens.open()
  await expect(usbApp.tokens.usb).toContainText("Nothing of that kind is plugged in.")
  await usbApp.expectOpen()
})
