import { EventEmitter } from "node:events"
import type { ToHost, ToMain } from "./messages.ts"

type Listeners = { [Kind in ToMain["kind"]]: [Extract<ToMain, { kind: Kind }>] }

/** The line to the process that owns Chromium. */
class HostLine extends EventEmitter<Listeners> {
  tell(message: ToHost): void {
    if (process.send === undefined) throw new Error("the stand-in runs under its host only")
    if (process.connected) process.send(message)
  }
}

export const host = new HostLine()

process.on("message", (message: ToMain) => {
  // Each kind has the listeners of its own message; the compiler cannot follow that through a variable.
  host.emit(message.kind, message as never)
})
// Without its window an app has nothing to do.
process.on("disconnect", () => process.exit(1))
