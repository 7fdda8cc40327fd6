import { printable } from "../domain/printable.ts"
import type { PinKind } from "../domain/token-port.ts"

const whose = { user: "the PIN", so: "the SO PIN" } as const
const change = { user: "token change-pin", so: "token change-pin --so" } as const

/** Tells a person that everybody knows the PIN which they have just typed. */
export function factoryPinNote(stream: NodeJS.WriteStream) {
  return (token: string, kind: PinKind, maker: string): void => {
    const text = `${whose[kind]} of ${token} is one that tokens come with (${maker}): everybody knows it; ${change[kind]} sets another`
    stream.write(`claviger: ${printable(text)}\n`)
  }
}
