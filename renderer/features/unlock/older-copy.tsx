import { Checkbox } from "@mantine/core"
import { OperationFailed } from "../../api/operation-failed.ts"

/** Whether the vault was found to be older than the one last opened here, and is to be opened all the same. */
export interface OlderCopy {
  readonly isFound: boolean
  readonly isAccepted: boolean
  readonly accept: (isAccepted: boolean) => void
}

export function isOlder(failure: Error | null): boolean {
  return failure instanceof OperationFailed && failure.failure.code === "ROLLBACK_DETECTED"
}

/** For who put an older copy back on purpose. */
export function OlderCopyChoice({ older: { isFound, isAccepted, accept } }: { readonly older: OlderCopy }) {
  if (!isFound) return null
  return (
    <Checkbox
      label="Open it as it is; that is logged"
      checked={isAccepted}
      onChange={(event) => accept(event.currentTarget.checked)}
    />
  )
}
