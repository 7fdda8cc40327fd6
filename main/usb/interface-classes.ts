/// <reference types="w3c-web-usb" />
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { UsbDevice } from "usb/index.js"

/** CCID, the class of everything that takes or is a smart card. */
const smartCardClass = 0x0b
const interfaceDescriptor = 4

const sysfs = "/sys/bus/usb/devices"

/**
 * Which of these devices have an interface for smart cards. Linux tells without a device being opened, which needs no
 * permission and disturbs nobody; elsewhere the library asks the device.
 */
export function smartCardInterfaces(devices: readonly UsbDevice[]): (device: UsbDevice) => boolean {
  if (process.platform !== "linux") return (device) => classesSaidBy(device).includes(smartCardClass)
  const descriptors = devices.length === 0 ? new Map<string, Uint8Array>() : descriptorsByPlace()
  return ({ bus, address }) => {
    const bytes = descriptors.get(`${Number(bus)}:${address}`)
    return bytes !== undefined && interfaceClasses(bytes).includes(smartCardClass)
  }
}

/** The classes in a device's descriptors, which follow one another, each with its length and its kind in front. */
export function interfaceClasses(descriptors: Uint8Array): number[] {
  const classes: number[] = []
  for (let at = 0, length = 0; at < descriptors.length; at += length) {
    length = descriptors[at] ?? 0
    // A device that says so would never end.
    if (length < 2) break
    const interfaceClass = descriptors[at + 5]
    if (descriptors[at + 1] === interfaceDescriptor && length >= 9 && interfaceClass !== undefined)
      classes.push(interfaceClass)
  }
  return classes
}

function descriptorsByPlace(): Map<string, Uint8Array> {
  const places = readdirSync(sysfs).flatMap((name): [string, Uint8Array][] => {
    const read = (file: string) => readFileSync(join(sysfs, name, file))
    try {
      return [[`${Number(read("busnum"))}:${Number(read("devnum"))}`, read("descriptors")]]
    } catch {
      // An interface, or a device that went meanwhile.
      return []
    }
  })
  return new Map(places)
}

function classesSaidBy(device: UsbDevice): number[] {
  try {
    const interfaces = device.configurations.flatMap((configuration) => configuration.interfaces)
    return interfaces.flatMap(({ alternates }) => alternates.map(({ interfaceClass }) => interfaceClass))
  } catch {
    // Another program has it, or nobody may.
    return []
  }
}
