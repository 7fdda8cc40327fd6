import { expect, test, vi } from "vitest"
import { UsbBus } from "../../main/usb/usb-bus.ts"

vi.mock("usb/index.js", () => {
  throw new Error("Cannot find native binding.")
})

test("where the library has no binary, nothing is plugged in and nothing is watched", async () => {
  const usb = new UsbBus()
  await usb.watch({ onChange: () => undefined, onPluggedIn: () => undefined, onRemoved: () => undefined })
  expect([await usb.devices(), usb.isWatched]).toEqual([[], false])
  await usb.close()
})
