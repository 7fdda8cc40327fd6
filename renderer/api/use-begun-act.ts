import { useEffect, useEffectEvent } from "react"
import type { BegunAct, ScreenAct } from "./screen-acts.ts"

/** Begins on this screen what was asked for elsewhere, once. */
export function useBegunAct(begun: BegunAct | null, acts: Partial<Readonly<Record<ScreenAct, () => void>>>): void {
  const begin = useEffectEvent((act: ScreenAct) => acts[act]?.())
  useEffect(() => {
    if (begun !== null) begin(begun.act)
  }, [begun])
}
