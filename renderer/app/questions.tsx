import { pinQuestion } from "../api/pin-question.ts"
import { reauthentication } from "../api/reauthentication.ts"
import { SecretQuestion } from "./secret-question.tsx"

/** What may be asked in the midst of anything. */
export function Questions() {
  return (
    <>
      <SecretQuestion
        question={reauthentication}
        words={{
          title: "Passphrase again",
          why: "This takes secrets out of the vault, or changes what opens it: an open vault alone is not enough for it.",
          label: "Passphrase of this vault",
          refusal: "WRONG_PASSPHRASE",
        }}
      />
      <SecretQuestion
        question={pinQuestion}
        words={{
          title: "PIN of the token",
          why: "The key, or what opens its keyring, is in a token, which does its work only for who knows its PIN. A wrong one costs a try, and is never tried again by itself.",
          label: "PIN",
          which: "Token",
          refusal: "PIN_INCORRECT",
        }}
      />
    </>
  )
}
