import { Button, FileButton, Group, Select, Text } from "@mantine/core"
import { useState } from "react"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { ActionDialog } from "../../ui/action-dialog.tsx"
import { Facts } from "../../ui/facts.tsx"
import { inert } from "../../ui/inert.ts"
import { PolicyHistory } from "./policy-history.tsx"
import { isProfile, profileNames, profiles, rulesOf } from "./policy-words.ts"
import { WouldBeFound } from "./would-be-found.tsx"

interface KeyringPolicyDialogProps {
  readonly keyring: string
  readonly onClose: () => void
}

interface Proposal {
  /** The name of a profile, or of the file it came from. */
  readonly name: string
  readonly stated: PolicyFile
}

/** The policy that holds in a keyring, and another one for it, with what that would find before it is set. */
export function KeyringPolicyDialog({ keyring, onClose }: KeyringPolicyDialogProps) {
  const task = useTask()
  const { data, error } = useAnswer("keyring.policy", { name: keyring })
  const [proposal, setProposal] = useState<Proposal | null>(null)
  const set = async () => {
    if (proposal === null) return onClose()
    if (await task.run(() => ask("keyring.policy", { name: keyring, set: proposal.stated }))) onClose()
  }
  const load = (file: File | null) =>
    task.run(async () => {
      if (file !== null) setProposal({ name: file.name, stated: await policyIn(file) })
    })
  const fileChoice = proposal !== null && !isProfile(proposal.name) ? [proposal.name] : []
  return (
    <ActionDialog
      title={`Policy of ${inert(keyring)}`}
      action={proposal === null ? "Done" : "Set policy"}
      isRunning={task.isRunning}
      failure={error ?? task.failure}
      onAct={() => void set()}
      onClose={onClose}
    >
      {data !== undefined && (
        <>
          <Text size="sm" fw={600}>
            {data.version === 0
              ? `${profiles[data.effective.profile].label}: none was ever set`
              : `Version ${data.version}, on ${profiles[data.effective.profile].label}`}
          </Text>
          {data.stated.description !== undefined && <Text size="sm">{inert(data.stated.description)}</Text>}
        </>
      )}
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <Select
          label="Another policy"
          className="grows"
          placeholder="stays as it is"
          {...(proposal !== null && isProfile(proposal.name) ? { description: profiles[proposal.name].says } : {})}
          clearable
          data={[
            ...profileNames.map((name) => ({ value: name, label: profiles[name].label })),
            ...fileChoice.map((name) => ({ value: name, label: inert(name) })),
          ]}
          value={proposal?.name ?? null}
          onChange={(picked) => {
            const profile = profileNames.find((name) => name === picked)
            setProposal(profile === undefined ? null : { name: profile, stated: { profile } })
          }}
        />
        <FileButton accept="application/json,.json" onChange={(file) => void load(file)}>
          {(props) => (
            <Button variant="default" {...props}>
              From a file…
            </Button>
          )}
        </FileButton>
      </Group>
      {proposal !== null && <WouldBeFound keyring={keyring} stated={proposal.stated} />}
      {data !== undefined && (
        <>
          <details className="policy-part" open={proposal === null}>
            <summary>The rules that hold now</summary>
            <Facts facts={rulesOf(data.effective)} />
          </details>
          <PolicyHistory policy={data} />
        </>
      )}
    </ActionDialog>
  )
}

const largest = 64 * 1024

/** What it says is checked by main. */
async function policyIn(file: File): Promise<PolicyFile> {
  if (file.size > largest) throw new Error("A policy is a small file of JSON; this one is larger.")
  try {
    return JSON.parse(await file.text())
  } catch {
    throw new Error("That file is no JSON. A policy is a file of JSON, as docs/policy.schema.json describes it.")
  }
}
