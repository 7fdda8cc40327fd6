import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { Preferences } from "../../../preload/contract/preferences.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import type { UsbIdentity } from "../../../preload/contract/usb-device.ts"
import { ask } from "../../api/ask.ts"
import { isThere } from "../../api/token-uris.ts"
import { useAnswer } from "../../api/use-answer.ts"

interface RemovalLocks<Named, Chosen> {
  readonly chosen: readonly Chosen[]
  readonly failure: Error | null
  isChosen(named: Named): boolean
  choose(named: Named, isOn: boolean): void
}

type Choice = Pick<Preferences, "lockOnRemovalOf" | "lockOnRemovalOfTokens">

/** Which devices lock the vault by being pulled out. */
export function useRemovalLocks(): RemovalLocks<UsbIdentity, UsbIdentity> {
  const { preferences, failure, change } = usePreferences()
  const chosen = preferences?.lockOnRemovalOf ?? []
  return {
    chosen,
    failure,
    isChosen: (device) => chosen.some((one) => isSame(one, device)),
    choose: ({ vendorId, productId, serial }, isOn) => {
      const others = chosen.filter((one) => !isSame(one, { vendorId, productId, serial }))
      change({ lockOnRemovalOf: isOn ? [...others, { vendorId, productId, serial }] : others })
    },
  }
}

type NamedToken = Pick<Token, "uri" | "module">

/** Which tokens do, whatever is plugged in still: each by a URI that names its library, too. */
export function useTokenRemovalLocks(): RemovalLocks<NamedToken, string> & { takeOff(uri: string): void } {
  const { preferences, failure, change } = usePreferences()
  const chosen = preferences?.lockOnRemovalOfTokens ?? []
  const others = (token: NamedToken) => chosen.filter((uri) => !isMeant(uri, token))
  return {
    chosen,
    failure,
    isChosen: (token) => chosen.some((uri) => isMeant(uri, token)),
    choose: (token, isOn) =>
      change({ lockOnRemovalOfTokens: isOn ? [...others(token), token.uri + behind(token)] : others(token) }),
    takeOff: (uri) => change({ lockOnRemovalOfTokens: chosen.filter((one) => one !== uri) }),
  }
}

/** Main keeps them. */
function usePreferences() {
  const queries = useQueryClient()
  const start = useAnswer("window.start", {})
  const { mutate, error } = useMutation({
    mutationFn: (changes: Partial<Choice>) => ask("window.set", changes),
    onSettled: () => queries.invalidateQueries({ queryKey: ["window.start"] }),
  })
  return { preferences: start.data?.preferences, failure: error, change: (changes: Partial<Choice>) => mutate(changes) }
}

function behind({ module }: NamedToken): string {
  return `?module-path=${encodeURIComponent(module)}`
}

function isMeant(uri: string, token: NamedToken): boolean {
  return uri.endsWith(behind(token)) && isThere(uri, [token])
}

export function isSame(one: UsbIdentity, other: UsbIdentity): boolean {
  return one.vendorId === other.vendorId && one.productId === other.productId && one.serial === other.serial
}
