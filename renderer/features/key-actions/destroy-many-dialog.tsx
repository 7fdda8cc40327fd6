import { Alert, Button, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import { ask } from "../../api/ask.ts"
import { capital, count } from "./counted.ts"
import { ManyDialog } from "./many-dialog.tsx"
import type { ManyProps } from "./many-props.ts"
import { useDependants } from "./use-dependants.ts"
import { useEachKey } from "./use-each-key.ts"

/** For good: says how much is lost and what depends on it, offers to suspend instead, and wants the number typed. */
export function DestroyManyDialog({ keys, onClose }: ManyProps) {
  const each = useEachKey()
  const [typed, setTyped] = useState("")
  const [reason, setReason] = useState("")
  const dependants = useDependants(keys)
  const leftOut = new Map(
    keys.filter(({ state }) => state === "destroyed").map(({ id }) => [id, "it is destroyed already"]),
  )
  const doomed = keys.filter(({ id }) => !leftOut.has(id))
  const versions = doomed.reduce(
    (sum, key) => sum + key.versions.filter(({ state }) => state !== "destroyed").length,
    0,
  )
  const confirmation = `destroy ${count(doomed.length, "key")}`
  const destroy = () =>
    each.run(doomed, async ({ name, purpose }) => {
      const request = { name, reason: reason.trim(), confirmed: true }
      await (purpose === "wallet" ? ask("seed.destroy", request) : ask("key.destroy", request))
      return "destroyed"
    })
  const active = doomed.filter(({ state }) => state === "active")
  const suspend = () =>
    each.run(active, async ({ name }) => {
      await ask("key.suspend", { name, reason: reason.trim() })
      return "suspended"
    })
  return (
    <ManyDialog
      title={`Destroy ${count(keys.length, "key")}`}
      action="Destroy for good"
      isDangerous
      keys={keys}
      leftOut={leftOut}
      each={each}
      isReady={typed === confirmation && reason.trim() !== "" && doomed.length > 0}
      safer={
        active.length > 0 && (
          <Button variant="light" disabled={reason.trim() === ""} onClick={() => void suspend()}>
            Suspend {count(active.length, "key")} instead
          </Button>
        )
      }
      onAct={() => void destroy()}
      onClose={onClose}
    >
      <Alert color="red" variant="light">
        <Text size="sm">
          {capital(count(versions, "version"))} of key material will be gone; nothing that was encrypted with them can
          be read again.{" "}
          {dependants === null
            ? "Looking for what depends on them…"
            : `${capital(count(dependants.keys, "other key"))} and ${count(dependants.backups, "backup")} depend on them or hold them.`}
        </Text>
      </Alert>
      <TextInput
        label="Reason"
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label={`Type: ${confirmation}`}
        required
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ManyDialog>
  )
}
