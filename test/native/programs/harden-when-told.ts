// Tells that it runs; when told to, hardens itself and tells what came of it.
import { hardenProcess } from "../../../main/platform/native-memory.ts"

process.on("message", () => process.send?.(hardenProcess()))
process.send?.("running")
