import { TagsInput, Text } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { count } from "./counted.ts"
import { ManyDialog } from "./many-dialog.tsx"
import type { ManyProps } from "./many-props.ts"
import { useEachKey } from "./use-each-key.ts"

export function TagManyDialog({ keys, onClose }: ManyProps) {
  const each = useEachKey()
  const [added, setAdded] = useState<string[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const known = [...new Set(keys.flatMap(({ tags }) => tags))].toSorted((one, other) => one.localeCompare(other))
  const tag = () =>
    each.run(keys, async ({ name }) => {
      const { tags } = await ask("key.set", { name, addTags: added, removeTags: removed })
      return tags.length === 0 ? "no tags" : tags.join(", ")
    })
  return (
    <ManyDialog
      title={`Tag ${count(keys.length, "key")}`}
      action={`Tag ${count(keys.length, "key")}`}
      keys={keys}
      each={each}
      isReady={added.length + removed.length > 0}
      onAct={() => void tag()}
      onClose={onClose}
    >
      <Text size="sm">
        Tags are for finding keys again; they change nothing in what a key may do. The log notes the change for each of
        the {count(keys.length, "key")}.
      </Text>
      <TagsInput
        label="Add tags"
        description="Enter after each"
        data-autofocus
        acceptValueOnBlur
        value={added}
        onChange={setAdded}
      />
      <TagsInput
        label="Take tags away"
        description={known.length === 0 ? "None of them has a tag." : `They have: ${known.join(", ")}`}
        acceptValueOnBlur
        value={removed}
        onChange={setRemoved}
      />
    </ManyDialog>
  )
}
