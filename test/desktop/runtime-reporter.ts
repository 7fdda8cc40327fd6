import type { Reporter } from "@playwright/test/reporter"
import { electronBinary } from "./launch.ts"

/** Says what the specs ran on. */
export default class RuntimeReporter implements Reporter {
  onBegin(): void {
    const runtime = electronBinary() === null ? "the stand-in, over the system's Chromium" : "Electron"
    console.log(`The specs of the app run on ${runtime}.`)
  }

  printsToStdio(): boolean {
    return false
  }
}
