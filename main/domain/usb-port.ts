import type { UsbIdentity, UsbKind } from "../../preload/contract/usb-device.ts"
import type { TokenLibrary } from "./token-libraries.ts"

/** A library that reaches a device, and what to install on this system to have it. */
export interface NeededLibrary {
  readonly library: TokenLibrary
  readonly install: string
}

/** A device that keys could be in. What it says of itself is inert text. */
export interface SeenDevice extends UsbIdentity {
  /** Bus and number on it. */
  readonly place: string
  readonly name: string
  readonly kind: UsbKind
  readonly manufacturer: string | null
  readonly product: string | null
  /** One of them is enough; the first is the best. */
  readonly needs: readonly NeededLibrary[]
  readonly explanation: string | null
}

export interface UsbEvents {
  /** A device that keys could be in was plugged in or pulled out. */
  readonly onChange: () => void
  readonly onPluggedIn: () => void
  readonly onRemoved: (device: UsbIdentity) => void
}

/** What is plugged in over USB. A machine without USB has nothing there. */
export interface UsbPort {
  /** Whether plugging in and pulling out is noticed. */
  readonly isWatched: boolean
  /** @throws `IO_ERROR` when the system does not tell */
  devices(): Promise<readonly SeenDevice[]>
  /** Where it can't be watched, nothing is told. It keeps the process running until `close`. */
  watch(events: UsbEvents): Promise<void>
  close(): Promise<void>
}
