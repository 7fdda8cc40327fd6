// node --import ./parent-port.ts: the other end of the stand-in's utility process, which has no other way to its parent.
import { EventEmitter } from "node:events"

const send = process.send?.bind(process)
const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void send?.(message) })
process.on("message", (data) => port.emit("message", { data, ports: [] }))
process.on("disconnect", () => process.exit(0))
Object.defineProperty(process, "parentPort", { value: port })
Object.defineProperty(process, "send", { value: undefined })
