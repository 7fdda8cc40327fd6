import { existsSync } from "node:fs"

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** The Chromium of the system, or `null` when there is none. */
export function systemChromium(): string | null {
  return places.find((place) => existsSync(place)) ?? null
}
