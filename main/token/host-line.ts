import { Wakefulness } from "./wakefulness.ts"

/** Who uses a key in a token often uses it again, in milliseconds. */
const nextExpected = 1

/** The line from a module's process to main. */
export interface HostLine {
  send(message: unknown): void
  onMessage(listen: (message: unknown) => void): void
}

/** What Electron gives a utility process: `process.parentPort`. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: "message", listen: (event: { readonly data: unknown }) => void): void
}

/** Of a process that Node.js forked, or Electron's utility process. The process ends when main does. */
export function lineToMain(): HostLine {
  const port: unknown = Reflect.get(process, "parentPort")
  if (isParentPort(port)) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listen) => port.on("message", ({ data }) => listen(data)),
    }
  }
  process.on("disconnect", () => process.exit(0))
  const wakefulness = new Wakefulness(nextExpected)
  return {
    send(message) {
      process.send?.(message)
      wakefulness.begin()
    },
    onMessage: (listen) => void process.on("message", listen),
  }
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === "object" && port !== null && "postMessage" in port && "on" in port
}
