const ending = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const

/** A signal that ends the program first locks the vault, wipes its secrets and gives the terminal its echo back. */
export function endOnSignals(close: () => void): void {
  for (const signal of ending) {
    process.once(signal, () => {
      try {
        close()
      } finally {
        // By the signal itself, and not by `process.exit`: that waits for the thread pool, where a derivation can take long.
        process.kill(process.pid, signal)
      }
    })
  }
}
