import { setImmediate } from "node:timers/promises"
import type { EditedKeys, InventoryPace } from "../../main/composition/check-inventory.ts"

/** The pace of a vault that is too large to be checked at once: each turn waits until it is let go on. */
export class InventoryGate {
  /** What was told, each time. */
  readonly told: EditedKeys[] = []
  readonly inventoryPace: InventoryPace = { atOnce: 0, rest: () => this.#rest() }
  readonly tellEditedKeys = (found: EditedKeys): void => void this.told.push(found)
  #goOn: () => void = () => undefined
  #rests = 0

  /** How many turns were waited for. */
  get rests(): number {
    return this.#rests
  }

  /** Lets the next turn happen. */
  async open(): Promise<void> {
    this.#goOn()
    await setImmediate()
  }

  #rest(): Promise<void> {
    this.#rests += 1
    return new Promise((resolve) => {
      this.#goOn = resolve
    })
  }
}
