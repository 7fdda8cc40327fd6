import { Alert, Button, Radio, Stack, Text, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { radiusWords } from "../incident/incident-words.ts"
import { useOpenIncident } from "../incident/open-incident.ts"
import { capital, count } from "./counted.ts"

interface CompromiseDialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
  readonly onSuspend: () => void
}

type Kind = "real" | "rehearsal"

/** A key is, or may be, in other hands. Says what that bears on, stops its use, and opens the incident. */
export function CompromiseDialog({ value, onClose, onSuspend }: CompromiseDialogProps) {
  const task = useTask()
  const open = useOpenIncident()
  const [kind, setKind] = useState<Kind>("real")
  const [reason, setReason] = useState("")
  const [since, setSince] = useState("")
  const [typed, setTyped] = useState("")
  const isReal = kind === "real"
  const act = () =>
    task.run(async () => {
      const { name } = value
      const when = since === "" ? {} : { since }
      const { incident } = await ask("key.compromise", { name, reason: reason.trim(), rehearse: !isReal, ...when })
      onClose()
      open(incident)
    })
  return (
    <ActionDialog
      title={isReal ? `${value.name} is compromised` : `REHEARSAL: ${value.name} is compromised`}
      action={isReal ? "Stop its use for good" : "Begin the rehearsal"}
      isDangerous={isReal}
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={reason.trim() !== "" && (!isReal || typed === value.name)}
      safer={
        isReal && value.state === "active" ? (
          <Button variant="light" onClick={onSuspend}>
            Suspend until it is clear
          </Button>
        ) : undefined
      }
      onAct={() => void act()}
      onClose={onClose}
    >
      <Alert color={isReal ? "red" : "blue"} variant="light">
        <Consequences value={value} since={since} isReal={isReal} />
      </Alert>
      <Radio.Group
        label="Is it so?"
        value={kind}
        onChange={(chosen) => setKind(chosen === "real" ? "real" : "rehearsal")}
      >
        <Stack gap="xs" mt={6}>
          <Radio value="real" label="It is, or may be, in other hands" description="This can't be taken back." />
          <Radio
            value="rehearsal"
            label="It is a rehearsal"
            description="The key goes on as it is; the steps are tracked."
          />
        </Stack>
      </Radio.Group>
      <TextInput
        label="Reason"
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label="In other hands since"
        description="Empty where nobody knows"
        type="date"
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      {isReal && (
        <TextInput
          label={`Type the key's name: ${value.name}`}
          required
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </ActionDialog>
  )
}

interface ConsequencesProps {
  readonly value: KeyObject
  readonly since: string
  readonly isReal: boolean
}

function Consequences({ value, since, isReal }: ConsequencesProps) {
  const preview = useAnswer("incident.preview", { name: value.name, ...(since === "" ? {} : { since }) })
  const versions = preview.data?.versions.length ?? value.versions.length
  return (
    <>
      <Text size="sm">
        {isReal
          ? `${capital(count(versions, "version"))} of it will never protect anything new; what ${versions === 1 ? "it" : "they"} protected opens only with a reason, and each time is logged.`
          : "Nothing is done to the key."}
      </Text>
      <Text size="sm" mt={4}>
        {preview.error !== null
          ? "What it bears on is not known yet."
          : preview.data === undefined
            ? "Looking for what it bears on…"
            : `${capital(radiusWords(preview.data.blastRadius))}.`}
      </Text>
    </>
  )
}
