import { Switch } from "@mantine/core"
import type { Token } from "../../../preload/contract/token-object.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { useTokenRemovalLocks } from "./use-removal-locks.ts"

/** Whether the vault locks when a token's library shows it no more. */
export function RemovalSwitch({ token }: { readonly token: Token }) {
  const locks = useTokenRemovalLocks()
  return (
    <>
      <Switch
        label="Lock the vault when this is removed"
        checked={locks.isChosen(token)}
        onChange={(event) => locks.choose(token, event.currentTarget.checked)}
      />
      <FailureNotice failure={locks.failure} />
    </>
  )
}
