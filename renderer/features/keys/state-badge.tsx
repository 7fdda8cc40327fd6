import { Badge } from "@mantine/core"
import type { KeyState } from "../../../preload/contract/values.ts"
import { stateWords } from "../../api/key-words.ts"

export function StateBadge({ state }: { readonly state: KeyState }) {
  const { says, color, shape } = stateWords[state]
  return (
    <Badge className="state-badge" variant="light" color={color} leftSection={<span aria-hidden>{shape}</span>}>
      {says}
    </Badge>
  )
}
