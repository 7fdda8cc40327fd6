import { expect, test } from "vitest"
import { type TokenLibrary, tokenLibraries } from "../../main/domain/token-libraries.ts"
import type { SeenDevice, UsbPort } from "../../main/domain/usb-port.ts"
import { listUsb } from "../../main/use-cases/token/list-usb.ts"
import type { LibraryState } from "../../preload/contract/usb-device.ts"

const { ykcs11, openSc } = tokenLibraries
const yubiKey: SeenDevice = {
  vendorId: "1050",
  productId: "0407",
  serial: null,
  place: "001:1",
  name: "YubiKey 4 or 5",
  kind: "token",
  manufacturer: null,
  product: null,
  needs: [
    { library: ykcs11, install: "ykcs11" },
    { library: openSc, install: "opensc" },
  ],
  explanation: null,
}

async function libraryOf(device: SeenDevice, states: Partial<Record<TokenLibrary, LibraryState>>) {
  const usb: UsbPort = {
    isWatched: false,
    devices: async () => [device],
    watch: async () => undefined,
    close: async () => undefined,
  }
  const [listed] = await listUsb(usb, { libraryState: (library) => states[library] ?? "missing" })
  return [listed?.library, listed?.libraryState, listed?.install]
}

test("a device whose library is there needs nothing", async () => {
  expect(await libraryOf(yubiKey, { [ykcs11]: "installed" })).toEqual([ykcs11, "installed", null])
})

test("the next best library is good enough", async () => {
  expect(await libraryOf(yubiKey, { [openSc]: "installed" })).toEqual([openSc, "installed", null])
})

test("where none is there, the best one is to be installed", async () => {
  expect(await libraryOf(yubiKey, {})).toEqual([ykcs11, "missing", "ykcs11"])
})

test("a library that others could have put there is refused, and not to be installed", async () => {
  expect(await libraryOf(yubiKey, { [ykcs11]: "refused" })).toEqual([ykcs11, "refused", null])
})

test("what no library reaches has none", async () => {
  expect(await libraryOf({ ...yubiKey, kind: "wallet", needs: [] }, {})).toEqual([null, null, null])
})
