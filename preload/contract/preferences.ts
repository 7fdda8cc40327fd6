import { z } from "zod"
import { UsbIdentity } from "./usb-device.ts"
import { TokenUriText } from "./values.ts"

/** How the app behaves for the person at this machine; nothing here is secret, and nothing is about what a vault holds. */
export const Preferences = z.strictObject({
  appearance: z.enum(["system", "light", "dark"]),
  /** Seconds without a key pressed or the pointer moved. */
  lockAfterIdle: z.int().min(10).max(86_400),
  lockAfterIdleOnSeeds: z.int().min(10).max(86_400),
  lockOnScreenLock: z.boolean(),
  lockOnSuspend: z.boolean(),
  lockOnClose: z.boolean(),
  /** Which devices on USB lock the vault by being pulled out. */
  lockOnRemovalOf: z.array(UsbIdentity).max(50),
  /** Which tokens lock it when their library shows them no more; each URI names the library, too. */
  lockOnRemovalOfTokens: z.array(TokenUriText).max(50),
  /** Hours from one check of the tokens that a vault knows to the next; 0: none by itself. */
  checkTokensEvery: z.int().min(0).max(720),
  /** Seconds. */
  clearClipboardAfter: z.int().min(5).max(120),
  hiddenColumns: z.array(z.string().max(30)).max(20),
})
export type Preferences = z.infer<typeof Preferences>

export const defaultPreferences: Preferences = {
  appearance: "system",
  lockAfterIdle: 300,
  lockAfterIdleOnSeeds: 30,
  lockOnScreenLock: true,
  lockOnSuspend: true,
  lockOnClose: true,
  lockOnRemovalOf: [],
  lockOnRemovalOfTokens: [],
  checkTokensEvery: 24,
  clearClipboardAfter: 10,
  hiddenColumns: [],
}
