import { z } from "zod"
import { Passphrase, Pin, TokenUriText } from "./values.ts"

/** What somebody opens a vault with who has a token. */
export const ByToken = z.strictObject({
  /** Which token, where several are there. */
  uri: TokenUriText.optional(),
  /** Else it has to be logged in, or its reader asks for it. */
  pin: Pin.optional(),
  /** Of a keyslot that wants it besides the token. */
  passphrase: Passphrase.optional(),
})
