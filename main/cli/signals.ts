import { constants } from "node:os"

const ending = ["SIGINT", "SIGTERM", "SIGHUP"] as const

/** A signal that ends the program first locks the vault and wipes its secrets. */
export function endOnSignals(close: () => void): void {
  for (const signal of ending) {
    process.once(signal, () => {
      try {
        close()
      } finally {
        process.exit(128 + constants.signals[signal])
      }
    })
  }
}
