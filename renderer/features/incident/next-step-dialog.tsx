import { Alert, Modal, Select, Text } from "@mantine/core"
import { useState } from "react"
import type { IncidentObject, StepName } from "../../../preload/contract/incident.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { RequestFor } from "../../api/ask.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { count } from "../key-actions/counted.ts"
import { RotateDialog } from "../key-actions/rotate-dialog.tsx"

interface NextStepDialogProps {
  readonly incident: IncidentObject
  readonly step: StepName
  readonly onClose: () => void
}

/** Does a step, where it is this vault's to do. */
export function NextStepDialog({ incident, step, onClose }: NextStepDialogProps) {
  const { data: value } = useAnswer("key.show", { name: incident.key.id })
  if (value === undefined) return null
  const elsewhere = elsewhereOf(value, step)
  if (elsewhere !== null) return <ElsewhereDialog says={elsewhere} onClose={onClose} />
  if (step === "replace") return <RotateDialog value={value} onClose={onClose} />
  if (step === "revoke") return <RevokeDialog value={value} onClose={onClose} />
  return <DestroyVersionsDialog incident={incident} value={value} onClose={onClose} />
}

/** What is not done here: where it is; `null` for everything else. */
function elsewhereOf({ purpose, algorithm }: KeyObject, step: StepName): string | null {
  if (step === "revoke") return null
  if (purpose === "wallet") return "It is a seed: it is rotated, and destroyed, on its card under Seeds."
  if (step === "replace" && algorithm === "secret") {
    return "A new secret text comes from whoever issued the old one; the command line's `key rotate` takes it in."
  }
  return null
}

function ElsewhereDialog({ says, onClose }: { readonly says: string; readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Done elsewhere" closeButtonProps={{ "aria-label": "Close" }}>
      <Text size="sm">{says}</Text>
    </Modal>
  )
}

interface DialogProps {
  readonly value: KeyObject
  readonly onClose: () => void
}

type Format = RequestFor<"window.revocation">["format"]

const formats: readonly { readonly value: Format; readonly label: string }[] = [
  { value: "openssh-krl", label: "OpenSSH: a key revocation list, for RevokedKeys of sshd" },
  { value: "openssh", label: "OpenSSH: the public keys, a line each" },
  { value: "openpgp", label: "OpenPGP: a revocation certificate" },
  { value: "x509", label: "X.509: the certificates and the reason, for whoever issued them" },
]

/** As others know the key. */
function usualFormat({ fingerprints, certificates = [] }: KeyObject): Format {
  if (fingerprints?.openpgp !== undefined) return "openpgp"
  return certificates.length > 0 ? "x509" : "openssh-krl"
}

function RevokeDialog({ value, onClose }: DialogProps) {
  const task = useTask()
  const [format, setFormat] = useState<Format>(usualFormat(value))
  const write = async () => {
    let path: string | null = null
    const isDone = await task.run(async () => {
      path = (await ask("window.revocation", { name: value.name, format })).path
    })
    if (isDone && path !== null) onClose()
  }
  return (
    <ActionDialog
      title={`Revoke ${value.name}`}
      action="Save the revocation…"
      isRunning={task.isRunning}
      failure={task.failure}
      onAct={() => void write()}
      onClose={onClose}
    >
      <Text size="sm">
        A file that tells others to trust the compromised versions no more. Bring it wherever the key is trusted: to
        servers, to key servers, to the people who have its public half.
      </Text>
      <Select
        label="For"
        data={formats}
        value={format}
        allowDeselect={false}
        onChange={(chosen) => setFormat(formats.find((each) => each.value === chosen)?.value ?? format)}
      />
    </ActionDialog>
  )
}

function DestroyVersionsDialog({ incident, value, onClose }: DialogProps & Pick<NextStepDialogProps, "incident">) {
  const task = useTask()
  const there = value.versions.filter(
    ({ version, state }) =>
      incident.versions.includes(version) && state !== "destroyed" && state !== "pending-destruction",
  )
  const isWhole = there.some(({ version }) => version === value.currentVersion)
  const reason = `compromised: ${incident.reason}`.slice(0, 200)
  const destroy = async () => {
    const isDone = await task.run(async () => {
      if (isWhole) await ask("key.schedule-destroy", { name: value.name, reason })
      else for (const { version } of there) await ask("key.schedule-destroy", { name: value.name, version, reason })
    })
    if (isDone) onClose()
  }
  return (
    <ActionDialog
      title={`Destroy what was compromised of ${value.name}`}
      action="Destroy in 30 days"
      isDangerous
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={there.length > 0}
      onAct={() => void destroy()}
      onClose={onClose}
    >
      <Alert color="red" variant="light">
        <Text size="sm">
          {there.length === 0
            ? "There is nothing left to destroy: it is gone, or waits for it."
            : `${count(there.length, "version")} will be gone in 30 days${isWhole ? ", and the key with them: it has no newer one" : ""}; nothing that only they protect can be read after that. Until then it can be taken back.`}
        </Text>
      </Alert>
    </ActionDialog>
  )
}
