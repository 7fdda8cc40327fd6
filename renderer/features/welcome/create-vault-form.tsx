import { Button, Group, Loader, Radio, Stack, Text, TextInput } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { FrontPage } from "../../ui/front-page.tsx"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { folderOf, nameOf } from "../../ui/path-parts.ts"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { SuggestedPassphrase } from "./suggested-passphrase.tsx"

interface CreateVaultFormProps {
  readonly suggestedPath: string
  /** How many of the recovery shares it takes, where there are any, and what the vault is called. */
  readonly onCreated: (created: AnswerTo<"vault.create">, about: { threshold: number; label: string }) => void
  readonly onBack: () => void
}

const recoveries = {
  none: {
    label: "None",
    says: "Whoever forgets the passphrase has lost the vault: nobody can open it, not even us.",
    scheme: undefined,
  },
  two: {
    label: "2 of 3 shares on paper",
    says: "Three cards for three people or places. Any two open the vault without the passphrase.",
    scheme: { threshold: 2, count: 3 },
  },
  three: {
    label: "3 of 5 shares on paper",
    says: "For a team: any three of five custodians together.",
    scheme: { threshold: 3, count: 5 },
  },
} as const
type Recovery = keyof typeof recoveries

export function CreateVaultForm({ suggestedPath, onCreated, onBack }: CreateVaultFormProps) {
  const task = useTask()
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [path, setPath] = useState(suggestedPath)
  const [label, setLabel] = useState("My keys")
  const [recovery, setRecovery] = useState<Recovery>("none")
  const [mismatch, setMismatch] = useState<string | null>(null)

  const choosePlace = () =>
    task.run(async () => {
      const chosen = await ask("window.choose", { what: "create-vault", suggestedName: `${label}.claviger` })
      if (chosen.path !== null) setPath(chosen.path)
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const problem = problemOf(first.current?.value ?? "", isSameSecret(first, again))
    setMismatch(problem)
    if (problem !== null) return
    void task.run(async () => {
      const passphrase = takeSecret(first)
      takeSecret(again).fill(0)
      const { scheme } = recoveries[recovery]
      try {
        onCreated(
          await ask("vault.create", {
            path,
            passphrase,
            label: label.trim(),
            kdf: "auto",
            ...(scheme === undefined ? {} : { recovery: scheme }),
          }),
          { threshold: scheme?.threshold ?? 0, label: label.trim() },
        )
      } finally {
        passphrase.fill(0)
      }
    })
  }

  return (
    <FrontPage
      title="Create a vault"
      subtitle="One encrypted folder; nothing in it can be read without the passphrase."
      width={520}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput label="Name" value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
          <Group gap="xs" wrap="nowrap" align="center">
            <div className="grows">
              <Text size="sm" fw={500}>
                Place
              </Text>
              <Text size="sm" c="dimmed" truncate title={path}>
                {folderOf(path)} / <b>{nameOf(path)}</b>
              </Text>
            </div>
            <Button variant="default" size="xs" onClick={choosePlace}>
              Change…
            </Button>
          </Group>
          <NewPassphrase first={first} again={again} error={mismatch} isFocused />
          <SuggestedPassphrase first={first} again={again} />
          <RecoveryChoice value={recovery} onChange={setRecovery} />
          <FailureNotice failure={task.failure} />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack} disabled={task.isRunning}>
              Back
            </Button>
            <Group gap="sm">
              {task.isRunning && <Measuring />}
              <Button type="submit" disabled={task.isRunning}>
                Create vault
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </FrontPage>
  )
}

function Measuring() {
  return (
    <Group gap={6} role="status">
      <Loader size="xs" />
      <Text size="sm" c="dimmed">
        Measuring how hard this machine can make guessing…
      </Text>
    </Group>
  )
}

function RecoveryChoice({
  value,
  onChange,
}: {
  readonly value: Recovery
  readonly onChange: (value: Recovery) => void
}) {
  return (
    <Radio.Group
      label="If the passphrase is forgotten"
      value={value}
      onChange={(chosen) => onChange(toRecovery(chosen))}
    >
      <Stack gap={6} mt={6}>
        {Object.entries(recoveries).map(([key, { label }]) => (
          <Radio key={key} value={key} label={label} size="sm" />
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt={8} aria-live="polite">
        {recoveries[value].says}
      </Text>
    </Radio.Group>
  )
}

function toRecovery(value: string): Recovery {
  return value === "two" || value === "three" ? value : "none"
}

function problemOf(passphrase: string, isSame: boolean): string | null {
  if (passphrase === "") return "Type a passphrase first."
  return isSame ? null : "The two are not the same."
}
