import type { SeedObject } from "../../../preload/contract/seed.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { KeepDialog } from "../key-actions/keep-dialog.tsx"

/** A seed's destruction is taken back as a key's is. */
export function KeepSeedDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const { data } = useAnswer("key.show", { name: seed.name })
  return data === undefined ? null : <KeepDialog value={data} onClose={onClose} />
}
