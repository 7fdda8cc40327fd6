// Prints what is plugged in, then a line for all that comes and goes.
import { UsbBus } from "../../../main/usb/usb-bus.ts"

const usb = new UsbBus()
const names = async () => (await usb.devices()).map(({ name, serial }) => `${name} ${serial}`)
const print = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

await usb.watch({
  onChange: () => print("changed"),
  onPluggedIn: () => print("plugged in"),
  onRemoved: ({ vendorId, productId, serial }) => print(["removed", vendorId, productId, serial]),
})
print([usb.isWatched, ...(await names())])
process.stdin.once("data", () => void usb.close())
