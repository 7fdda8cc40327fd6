import { useAnswer } from "../../api/use-answer.ts"
import { RotateKeyringDialog } from "../settings/rotate-keyring-dialog.tsx"

/** The very dialog of Settings, for a keyring of which only the name is known here. */
export function KeyringRotation({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const { data } = useAnswer("keyring.list", {})
  const keyring = data?.keyrings.find((each) => each.name === name)
  return keyring === undefined ? null : <RotateKeyringDialog keyring={keyring} onClose={onClose} />
}
