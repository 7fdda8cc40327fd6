import { Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { inert } from "../../ui/inert.ts"
import { count } from "./counted.ts"
import { KeyringChoice, useKeyrings } from "./keyring-choice.tsx"
import { keyringPurposeOf } from "./keyring-purpose.ts"
import { NewKeyringDialog } from "./new-keyring-dialog.tsx"

/** To another keyring. */
export function MoveDialog({ value, onClose }: { readonly value: KeyObject; readonly onClose: () => void }) {
  const task = useTask()
  const purpose = keyringPurposeOf(value)
  const others = useKeyrings([purpose]).filter(({ name }) => name !== value.keyring)
  const [keyring, setKeyring] = useState<string | null>(null)
  const [isMaking, setMaking] = useState(false)
  const move = async () => {
    if (keyring !== null && (await task.run(() => ask("key.set", { name: value.name, keyring })))) onClose()
  }
  const there = value.versions.filter(({ state }) => state !== "destroyed").length
  return (
    <>
      <ActionDialog
        title={`Move ${value.name}`}
        action="Move"
        isRunning={task.isRunning}
        failure={task.failure}
        isReady={keyring !== null}
        isCovered={isMaking}
        onAct={() => void move()}
        onClose={onClose}
      >
        <Text size="sm">
          {count(there, "version")} of key material will be wrapped anew, for the key of the other keyring. What the key
          made stays good, and nobody who uses it notices. Backups made before have it in {inert(value.keyring)}.
        </Text>
        <KeyringChoice
          label="To keyring"
          keyrings={others}
          value={keyring}
          onChange={setKeyring}
          onNew={() => setMaking(true)}
        />
      </ActionDialog>
      {isMaking && (
        <NewKeyringDialog
          purpose={purpose}
          onMade={(name) => {
            setKeyring(name)
            setMaking(false)
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </>
  )
}
