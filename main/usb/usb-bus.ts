import type { Emitter, UsbDevice } from "usb/index.js"
import type { UsbIdentity } from "../../preload/contract/usb-device.ts"
import { printable } from "../domain/printable.ts"
import type { SeenDevice, UsbEvents, UsbPort } from "../domain/usb-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { smartCardInterfaces } from "./interface-classes.ts"
import { recognise } from "./recognise.ts"

/** The library's own two parts: what it lays over them lets a failure to watch end the process. */
type Library = Pick<typeof import("usb/index.js"), "nativeGetDevices" | "Emitter">

/** What a descriptor of USB can hold. */
const longestText = 126

/** The devices of this machine, and what comes and goes. The library is loaded when it is first needed. */
export class UsbBus implements UsbPort {
  #loaded: Promise<Library | null> | null = null
  #emitter: Emitter | null = null
  /** By the library's handle, which is all that it tells of a device that has gone. */
  readonly #present = new Map<string, UsbIdentity>()

  get isWatched(): boolean {
    return this.#emitter !== null
  }

  async devices(): Promise<readonly SeenDevice[]> {
    const found = await listed(await this.#library())
    return recognised(found.toSorted(byPlace)).map(({ seen }) => seen)
  }

  async watch({ onChange, onPluggedIn, onRemoved }: UsbEvents): Promise<void> {
    const library = await this.#library()
    if (library === null || this.#emitter !== null) return
    const emitter = new library.Emitter()
    try {
      await emitter.addAttach((device) => {
        if (!this.#remember([device])) return
        onPluggedIn()
        onChange()
      })
      await emitter.addDetach((handle) => {
        const device = this.#present.get(handle)
        this.#present.delete(handle)
        if (device === undefined) return
        onRemoved(device)
        onChange()
      })
      this.#remember(await library.nativeGetDevices())
      this.#emitter = emitter
    } catch {
      // No USB, or a sandbox that keeps its events from us.
      await end(emitter)
    }
  }

  async close(): Promise<void> {
    const emitter = this.#emitter
    this.#emitter = null
    this.#present.clear()
    if (emitter !== null) await end(emitter)
  }

  /** @returns whether keys could be in any of them */
  #remember(devices: readonly UsbDevice[]): boolean {
    const found = recognised(devices)
    for (const { handle, seen } of found) this.#present.set(handle, seen)
    return found.length > 0
  }

  /** @returns `null` where there is no binary for this system */
  #library(): Promise<Library | null> {
    this.#loaded ??= import("usb/index.js").catch(() => null)
    return this.#loaded
  }
}

async function listed(library: Library | null): Promise<UsbDevice[]> {
  if (library === null) return []
  try {
    return await library.nativeGetDevices()
  } catch (error) {
    const message = error instanceof Error ? error.message : ""
    // A machine without USB, such as most virtual ones.
    if (message.includes("not found")) return []
    throw new VaultError("IO_ERROR", `USB: ${message}`)
  }
}

/** As they were plugged in, where the system counts. */
function byPlace(one: UsbDevice, other: UsbDevice): number {
  return one.bus.localeCompare(other.bus) || one.address - other.address
}

async function end(emitter: Emitter): Promise<void> {
  await emitter.removeAttach()
  await emitter.removeDetach()
}

/** Others are not asked for anything: what the system has not kept of a text, the library opens the device for. */
function recognised(devices: readonly UsbDevice[]): { readonly handle: string; readonly seen: SeenDevice }[] {
  const hasSmartCard = smartCardInterfaces(devices)
  return devices.flatMap((device) => {
    const ids = { vendorId: hexadecimal(device.vendorId), productId: hexadecimal(device.productId) }
    const known = recognise(ids, hasSmartCard(device), process.platform)
    if (known === null) return []
    const serial = inert(() => device.serialNumber)
    const manufacturer = inert(() => device.manufacturerName)
    const product = inert(() => device.productName)
    const place = `${device.bus}:${device.address}`
    return [{ handle: device.handle, seen: { ...ids, serial, place, ...known, manufacturer, product } }]
  })
}

function hexadecimal(id: number): string {
  return id.toString(16).padStart(4, "0")
}

/** What whoever made the device chose. @returns `null` when there is none, or it is not for us */
function inert(read: () => string | null): string | null {
  try {
    const said = printable((read() ?? "").slice(0, longestText).toWellFormed().trim())
    return said === "" ? null : said
  } catch {
    return null
  }
}
