import type { OutputOf } from "../../../preload/contract/index.ts"
import { command } from "../command.ts"
import { showResult } from "../show-result.ts"

const columns = ["name", "kind", "serial", "library", "libraryState", "install"]

export const usbCommand = command({
  path: ["token", "usb"],
  summary: "what is plugged in over USB, which library reaches it, and what to install",
  example: "token usb",
  vault: "named",
  inBatch: "alone",
  fields: {},
  columns,
  show: showDevices,
  run: ({ ask }) => ask("token.usb", {}),
})

/** Nobody watches here: what is left are the devices. */
function showDevices({ devices }: OutputOf<"token.usb">): string {
  const explained = devices.flatMap(({ name, explanation }) =>
    explanation === null ? [] : [`${name}: ${explanation}`],
  )
  return [showResult({ devices }, columns), ...new Set(explained)].join("\n\n")
}
