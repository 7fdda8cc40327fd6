import { z } from "zod"

const Text = z.string().max(10_000)

/** Four hexadecimal digits, as everybody writes them. */
const UsbId = z.string().regex(/^[0-9a-f]{4}$/, "is not four hexadecimal digits")

/** Which device is meant; many have no serial number. */
export const UsbIdentity = z.strictObject({ vendorId: UsbId, productId: UsbId, serial: Text.nullable() })
export type UsbIdentity = z.infer<typeof UsbIdentity>

/** `token` keeps keys inside, `reader` takes smart cards that do; the others are recognised and explained, not driven. */
export const UsbKind = z.enum(["token", "reader", "wallet", "security-key"])
export type UsbKind = z.infer<typeof UsbKind>

/** Whether a PKCS#11 library is on this machine; `refused`: others could have put it there. */
export const LibraryState = z.enum(["installed", "refused", "missing"])
export type LibraryState = z.infer<typeof LibraryState>

/** A device that keys could be in. */
export const UsbDevice = z.object({
  vendorId: UsbId,
  productId: UsbId,
  serial: Text.nullable(),
  /** Bus and number on it, as the system counts them. */
  place: Text,
  name: Text,
  kind: UsbKind,
  /** What it says of itself. */
  manufacturer: Text.nullable(),
  product: Text.nullable(),
  /** Which PKCS#11 library reaches it; `null`: none does. */
  library: Text.nullable(),
  libraryState: LibraryState.nullable(),
  /** What to install, where the library is missing. */
  install: Text.nullable(),
  explanation: Text.nullable(),
})
export type UsbDevice = z.infer<typeof UsbDevice>
