import type { UsbDevice } from "../../../preload/contract/usb-device.ts"
import type { TokenPort } from "../../domain/token-port.ts"
import type { SeenDevice, UsbPort } from "../../domain/usb-port.ts"

/** What is plugged in, and whether the library that reaches it is there. */
export async function listUsb(usb: UsbPort, tokens: Pick<TokenPort, "libraryState">): Promise<UsbDevice[]> {
  return (await usb.devices()).map((device) => withLibrary(device, tokens))
}

function withLibrary({ needs, ...device }: SeenDevice, tokens: Pick<TokenPort, "libraryState">): UsbDevice {
  const found = needs.map((need) => ({ ...need, state: tokens.libraryState(need.library) }))
  const best = found.find(({ state }) => state === "installed") ?? found[0]
  return {
    ...device,
    library: best?.library ?? null,
    libraryState: best?.state ?? null,
    install: best?.state === "missing" ? best.install : null,
  }
}
