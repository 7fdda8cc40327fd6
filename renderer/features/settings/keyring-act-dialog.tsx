import type { Keyring } from "../../../preload/contract/keyring.ts"
import { EnrollTokenDialog } from "./enroll-token-dialog.tsx"
import { RotateKeyringDialog } from "./rotate-keyring-dialog.tsx"
import { WithdrawTokenDialog } from "./withdraw-token-dialog.tsx"

/** What is done to a keyring that has its buttons in Settings. */
export type KeyringAct =
  | { readonly name: "enroll" | "rotate"; readonly keyring: Keyring }
  | { readonly name: "withdraw"; readonly keyring: Keyring; readonly token: Keyring["tokens"][number] }

interface KeyringActDialogProps {
  readonly act: KeyringAct
  readonly onClose: () => void
}

/** The very dialog of Settings, wherever it was asked for. */
export function KeyringActDialog({ act, onClose }: KeyringActDialogProps) {
  switch (act.name) {
    case "enroll":
      return <EnrollTokenDialog keyring={act.keyring} onClose={onClose} />
    case "withdraw":
      return <WithdrawTokenDialog keyring={act.keyring} token={act.token} onClose={onClose} />
    case "rotate":
      return <RotateKeyringDialog keyring={act.keyring} onClose={onClose} />
  }
}
