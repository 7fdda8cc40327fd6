import { z } from "zod"
import { UsbIdentity } from "./usb-device.ts"
import { TokenUriText } from "./values.ts"

/** What was removed, so that the vault locked: a device on USB, or a token by its URI. */
export const Removed = z.union([UsbIdentity, TokenUriText])
export type Removed = z.infer<typeof Removed>
