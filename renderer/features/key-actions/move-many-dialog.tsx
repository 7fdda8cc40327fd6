import { Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { ask } from "../../api/ask.ts"
import { inert } from "../../ui/inert.ts"
import { count } from "./counted.ts"
import { KeyringChoice, useKeyrings } from "./keyring-choice.tsx"
import { keyringPurposeOf } from "./keyring-purpose.ts"
import { ManyDialog } from "./many-dialog.tsx"
import type { ManyProps } from "./many-props.ts"
import { NewKeyringDialog } from "./new-keyring-dialog.tsx"
import { useEachKey } from "./use-each-key.ts"

/** To another keyring, each with its own result. */
export function MoveManyDialog({ keys, onClose }: ManyProps) {
  const each = useEachKey()
  const purposes = [...new Set(keys.map(keyringPurposeOf))]
  const keyrings = useKeyrings(purposes)
  const [name, setName] = useState<string | null>(null)
  const [isMaking, setMaking] = useState(false)
  const target = keyrings.find((keyring) => keyring.name === name)
  const leftOut = new Map(keys.flatMap((key) => leaveOut(key, target)))
  const moving = keys.filter(({ id }) => !leftOut.has(id))
  const move = (to: Keyring) =>
    each.run(
      moving,
      async (key) => `now in ${inert((await ask("key.set", { name: key.name, keyring: to.name })).keyring)}`,
    )
  return (
    <>
      <ManyDialog
        title={`Move ${count(keys.length, "key")}`}
        action={`Move ${count(moving.length, "key")}`}
        keys={keys}
        leftOut={leftOut}
        each={each}
        isReady={target !== undefined && moving.length > 0}
        isCovered={isMaking}
        onAct={() => {
          if (target !== undefined) void move(target)
        }}
        onClose={onClose}
      >
        <Text size="sm">
          The material of each key is wrapped anew, for the key of the other keyring. What the keys made stays good.
          Backups made before have them where they were.
        </Text>
        <KeyringChoice
          label="To keyring"
          keyrings={keyrings}
          value={name}
          onChange={setName}
          onNew={() => setMaking(true)}
        />
      </ManyDialog>
      {isMaking && (
        <NewKeyringDialog
          purpose={purposes.length === 1 ? purposes[0] : undefined}
          onMade={(made) => {
            setName(made)
            setMaking(false)
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  )
}

function leaveOut(key: KeyObject, target: Keyring | undefined): [id: string, reason: string][] {
  if (key.state === "destroyed") return [[key.id, "it is destroyed"]]
  if (target === undefined) return []
  if (key.keyring === target.name) return [[key.id, "it is there already"]]
  if (keyringPurposeOf(key) === target.purpose) return []
  return [[key.id, target.purpose === "wallet" ? "that keyring is for seeds" : "that keyring is not for seeds"]]
}
