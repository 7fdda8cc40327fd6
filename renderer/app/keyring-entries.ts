import type { Keyring } from "../../preload/contract/keyring.ts"
import type { KeyringAct } from "../features/settings/keyring-act-dialog.tsx"
import { tokenName } from "../features/tokens/token-words.ts"
import { inert } from "../ui/inert.ts"
import type { Entry } from "./palette-entries.ts"

/** What can be done to a keyring, as Settings has it: the last token that holds one stays. */
export function keyringEntries(keyring: Keyring, onAct: (act: KeyringAct) => void): readonly Entry[] {
  const { id, tokens } = keyring
  const name = inert(keyring.name)
  const enroll: Entry = {
    id: `enroll ${id}`,
    label: `Enrol a token: ${name}`,
    says: "keyring.enroll",
    icon: "token",
    run: () => onAct({ name: "enroll", keyring }),
  }
  const rotate: Entry = {
    id: `rotate ${id}`,
    label: `Rotate keyring: ${name}`,
    says: "keyring.rotate",
    icon: "folder",
    run: () => onAct({ name: "rotate", keyring }),
  }
  const withdrawable = tokens.length < 2 ? [] : tokens
  return [
    rotate,
    ...(tokens.length === 0 ? [] : [enroll]),
    ...withdrawable.map(
      (token): Entry => ({
        id: `withdraw ${id} ${token.id}`,
        label: `Withdraw ${tokenName(token.uri)}: ${name}`,
        says: "keyring.withdraw",
        icon: "token",
        run: () => onAct({ name: "withdraw", keyring, token }),
      }),
    ),
  ]
}
