import { useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { DestroyDialog } from "../key-actions/destroy-dialog.tsx"
import { SuspendDialog } from "../key-actions/suspend-dialog.tsx"

/** A seed is destroyed as a key is: with its name typed, and the safer choice first. */
export function DestroySeedDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const { data } = useAnswer("key.show", { name: seed.name })
  const [isSafer, setSafer] = useState(false)
  if (data === undefined) return null
  if (isSafer) return <SuspendDialog value={data} onClose={onClose} />
  return <DestroyDialog value={data} onClose={onClose} onSuspend={() => setSafer(true)} onDestroyed={onClose} />
}
