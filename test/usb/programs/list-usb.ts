// Prints what is plugged in.
import { UsbBus } from "../../../main/usb/usb-bus.ts"

process.stdout.write(JSON.stringify(await new UsbBus().devices()))
