import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { UsbIdentity } from "../../../preload/contract/usb-device.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"

interface RemovalLocks {
  readonly chosen: readonly UsbIdentity[]
  readonly failure: Error | null
  isChosen(device: UsbIdentity): boolean
  choose(device: UsbIdentity, isOn: boolean): void
}

/** Which devices lock the vault by being pulled out: main keeps them, as with every preference. */
export function useRemovalLocks(): RemovalLocks {
  const queries = useQueryClient()
  const start = useAnswer("window.start", {})
  const change = useMutation({
    mutationFn: (lockOnRemovalOf: UsbIdentity[]) => ask("window.set", { lockOnRemovalOf }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["window.start"] }),
  })
  const chosen = start.data?.preferences.lockOnRemovalOf ?? []
  return {
    chosen,
    failure: change.error,
    isChosen: (device) => chosen.some((one) => isSame(one, device)),
    choose: ({ vendorId, productId, serial }, isOn) => {
      const others = chosen.filter((one) => !isSame(one, { vendorId, productId, serial }))
      change.mutate(isOn ? [...others, { vendorId, productId, serial }] : others)
    },
  }
}

export function isSame(one: UsbIdentity, other: UsbIdentity): boolean {
  return one.vendorId === other.vendorId && one.productId === other.productId && one.serial === other.serial
}

export function idOf({ vendorId, productId, serial }: UsbIdentity): string {
  return `${vendorId}:${productId}, ${serial === null ? "no serial number" : `serial number ${serial}`}`
}
