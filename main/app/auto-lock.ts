import type { Preferences } from "../../preload/contract/preferences.ts"
import type { Removed } from "../../preload/contract/removed.ts"
import type { UsbIdentity } from "../../preload/contract/usb-device.ts"

interface AutoLockParts {
  /** Milliseconds; must not stand still while the machine works. */
  readonly now: () => number
  readonly preferences: () => Preferences
  readonly isUnlocked: () => boolean
  /** @param removed - why, where it is that */
  readonly lock: (removed: Removed | null) => void
}

/** When to lock without being told: the machine was left alone or went to sleep, its screen was locked, a device or a token was pulled out. */
export class AutoLock {
  readonly #parts: AutoLockParts
  #lastActivity: number
  #isOnSeeds = false

  constructor(parts: AutoLockParts) {
    this.#parts = parts
    this.#lastActivity = parts.now()
  }

  noteActivity(): void {
    this.#lastActivity = this.#parts.now()
  }

  /** Screens with seeds are left alone for a shorter time. */
  enter({ isSeeds }: { readonly isSeeds: boolean }): void {
    this.#isOnSeeds = isSeeds
    this.noteActivity()
  }

  /** To be called about once a second. */
  check(): void {
    const { lockAfterIdle, lockAfterIdleOnSeeds } = this.#parts.preferences()
    const patience = (this.#isOnSeeds ? Math.min(lockAfterIdle, lockAfterIdleOnSeeds) : lockAfterIdle) * 1000
    if (this.#parts.now() - this.#lastActivity >= patience) this.#lock()
  }

  onSuspend(): void {
    if (this.#parts.preferences().lockOnSuspend) this.#lock()
  }

  onScreenLock(): void {
    if (this.#parts.preferences().lockOnScreenLock) this.#lock()
  }

  onWindowClosed(): void {
    if (this.#parts.preferences().lockOnClose) this.#lock()
  }

  onRemoved(device: UsbIdentity): void {
    const meant = this.#parts.preferences().lockOnRemovalOf.find((chosen) => isSameDevice(chosen, device))
    if (meant !== undefined) this.#lock(meant)
  }

  onTokenRemoved(uri: string): void {
    if (this.#parts.preferences().lockOnRemovalOfTokens.includes(uri)) this.#lock(uri)
  }

  #lock(removed: Removed | null = null): void {
    this.#isOnSeeds = false
    if (this.#parts.isUnlocked()) this.#parts.lock(removed)
  }
}

/** Of two devices that have no serial number, nobody knows which it was. */
function isSameDevice(one: UsbIdentity, other: UsbIdentity): boolean {
  return one.vendorId === other.vendorId && one.productId === other.productId && one.serial === other.serial
}
