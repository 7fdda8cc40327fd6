// Runs the built app in a window of the system's Chromium, until it is closed: node start.ts
import { once } from "node:events"
import { StandinHost } from "./host.ts"
import { systemChromium } from "./system-chromium.ts"

const executable = systemChromium()
if (executable === null) throw new Error("no Chromium on this system")
const host = await StandinHost.start({ environment: process.env, isHeadless: false, executable })
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void host.close())
await once(host, "quit")
await host.browser.close()
