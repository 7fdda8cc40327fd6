import type { UsbIdentity } from "../../preload/contract/usb-device.ts"
import type { SeenDevice } from "../domain/usb-port.ts"
import { installation } from "./installation.ts"
import { anyReader, type KnownDevice, knownDevices, smartCardVendors } from "./known-devices.ts"

type Recognised = Pick<SeenDevice, "name" | "kind" | "needs" | "explanation">

/** @returns `null` for a device that has nothing to do with keys */
export function recognise(
  { vendorId, productId }: Pick<UsbIdentity, "vendorId" | "productId">,
  hasSmartCard: boolean,
  platform: NodeJS.Platform,
): Recognised | null {
  const isMeant = ({ ids }: KnownDevice): boolean =>
    ids.includes(`${vendorId}:${productId}`) || ids.includes(`${vendorId}:*`)
  const known = knownDevices.find(isMeant) ?? (hasSmartCard ? smartCard(vendorId) : null)
  if (known === null) return null
  const { name, kind, libraries = [], explanation = null } = known
  const needs = libraries.map((library) => ({ library, install: installation(library, platform) }))
  return { name, kind, needs, explanation }
}

function smartCard(vendorId: string): Omit<KnownDevice, "ids"> {
  return smartCardVendors[vendorId] ?? anyReader
}
