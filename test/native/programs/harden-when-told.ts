// Tells that it runs; then, each time it is told to: hardens itself and tells what came of it, or tells whether Node's debugger is open.
import inspector from "node:inspector"
import { hardenProcess } from "../../../main/platform/native-memory.ts"

process.on("message", (asked) => process.send?.(asked === "harden" ? hardenProcess() : inspector.url() !== undefined))
process.send?.("running")
