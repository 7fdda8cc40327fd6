import { Checkbox, Select, TextInput } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask, type RequestFor } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { isPast } from "../../ui/time.ts"
import { lengthWords, withCurrent } from "./counted.ts"
import { ProtectionChoice } from "./protection-choice.tsx"

interface PolicyDialogProps {
  readonly value: KeyObject
  /** It was opened to say how long what the key protects must stay so. */
  readonly isAboutProtection?: boolean
  readonly onClose: () => void
}

export const exportWords: Readonly<Record<KeyObject["exportable"], string>> = {
  never: "never leaves this vault",
  wrapped: "leaves encrypted only",
  yes: "may leave in the clear",
}

/** From the strictest. */
const strictness: readonly KeyObject["exportable"][] = ["never", "wrapped", "yes"]

const periods = [
  { value: "", label: "Not planned" },
  { value: "30d", label: "Every 30 days" },
  { value: "90d", label: "Every 90 days" },
  { value: "180d", label: "Every 180 days" },
  { value: "1y", label: "Every year" },
  { value: "2y", label: "Every 2 years" },
  { value: "5y", label: "Every 5 years" },
]

/** When a key is to be replaced, when it ends, and whether it may leave. */
export function PolicyDialog({ value, isAboutProtection = false, onClose }: PolicyDialogProps) {
  const task = useTask()
  const [period, setPeriod] = useState(value.rotateEvery ?? "")
  const [protectFor, setProtectFor] = useState(value.protectFor ?? "")
  const [exportable, setExportable] = useState(value.exportable)
  const [expires, setExpires] = useState(value.expiresAt?.slice(0, 10) ?? "")
  const [isConfirmed, setConfirmed] = useState(false)
  const isEnding = expires !== "" && expires !== value.expiresAt?.slice(0, 10) && isPast(expires)
  const changes = changesOf(value, { period, protectFor, exportable, expires })
  const save = async () => {
    if (changes === null) return onClose()
    const request = { name: value.name, ...changes, ...(isEnding ? { confirmed: isConfirmed } : {}) }
    if (await task.run(() => ask("key.set", request))) onClose()
  }
  return (
    <ActionDialog
      title={`Rules of ${value.name}`}
      action="Save"
      isRunning={task.isRunning}
      failure={task.failure}
      isReady={!isEnding || isConfirmed}
      isDangerous={isEnding}
      onAct={() => void save()}
      onClose={onClose}
    >
      <Select
        label="Rotation"
        data-autofocus={!isAboutProtection || undefined}
        data={withCurrent(periods, period, `Every ${lengthWords(period)}`)}
        value={period}
        onChange={(chosen) => setPeriod(chosen ?? "")}
      />
      <ProtectionChoice value={protectFor} onChange={setProtectFor} isFocused={isAboutProtection} />
      <TextInput
        type="date"
        label="Expires"
        description="At the start of that day, UTC. Empty: never."
        value={expires}
        onChange={(event) => setExpires(event.currentTarget.value)}
      />
      {isEnding && (
        <Checkbox
          label="That day is past: the key's work ends now, for good"
          checked={isConfirmed}
          onChange={(event) => setConfirmed(event.currentTarget.checked)}
        />
      )}
      <Select
        label="Export"
        description="Can only be made stricter."
        data={strictness
          .slice(0, strictness.indexOf(value.exportable) + 1)
          .map((rule) => ({ value: rule, label: exportWords[rule] }))}
        value={exportable}
        onChange={(chosen) => setExportable(strictness.find((rule) => rule === chosen) ?? value.exportable)}
      />
    </ActionDialog>
  )
}

interface Rules {
  readonly period: string
  readonly protectFor: string
  readonly exportable: KeyObject["exportable"]
  readonly expires: string
}

function changesOf(
  value: KeyObject,
  { period, protectFor, exportable, expires }: Rules,
): Omit<RequestFor<"key.set">, "name"> | null {
  const changes = {
    ...(period === (value.rotateEvery ?? "") ? {} : { rotateEvery: period === "" ? null : period }),
    ...(protectFor === (value.protectFor ?? "") ? {} : { protectFor: protectFor === "" ? null : protectFor }),
    ...(exportable === value.exportable ? {} : { exportable }),
    ...(expires === (value.expiresAt?.slice(0, 10) ?? "") ? {} : { expires: expires === "" ? null : expires }),
  }
  return Object.keys(changes).length === 0 ? null : changes
}
