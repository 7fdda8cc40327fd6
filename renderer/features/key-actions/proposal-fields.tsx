import { Alert, Select, Stack, Text } from "@mantine/core"
import type { ReactNode } from "react"
import type { Job } from "./jobs.ts"
import {
  type AskedFor,
  algorithmsFor,
  exportChoices,
  locations,
  mayBeInToken,
  periods,
  reasonsFor,
} from "./key-proposal.ts"
import { warningsFor } from "./key-warnings.ts"

interface ProposalFieldsProps {
  readonly job: Job
  readonly asked: AskedFor
  readonly onChange: (asked: AskedFor) => void
  readonly keyring: ReactNode
  /** Instead of what may leave: of a key in a token nothing does. */
  readonly token: ReactNode
}

/** The parts of a proposal, each with its reason and to be changed. */
export function ProposalFields({ job, asked, onChange, keyring, token }: ProposalFieldsProps) {
  const reasons = reasonsFor(job.proposal, job.because, asked)
  return (
    <>
      <Proposed
        label="Algorithm"
        because={reasons.algorithm}
        choices={algorithmsFor(asked.purpose)}
        value={asked.algorithm}
        onChange={(algorithm) => onChange({ ...asked, algorithm })}
      />
      {keyring}
      <Proposed
        label="Location"
        because={reasons.location}
        choices={mayBeInToken(asked) ? locations : locations.slice(0, 1)}
        value={asked.location}
        onChange={(location) => onChange({ ...asked, location })}
      />
      <Proposed
        label="Rotation"
        because={reasons.rotateEvery}
        choices={periods}
        value={asked.rotateEvery}
        onChange={(rotateEvery) => onChange({ ...asked, rotateEvery })}
      />
      {asked.location === "token" ? (
        token
      ) : (
        <Proposed
          label="May leave the vault"
          because={reasons.exportable}
          choices={exportChoices}
          value={asked.exportable}
          onChange={(exportable) => onChange({ ...asked, exportable })}
        />
      )}
    </>
  )
}

interface ProposedProps<Value extends string> {
  readonly label: string
  readonly because: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

function Proposed<Value extends string>({ label, because, choices, value, onChange }: ProposedProps<Value>) {
  return (
    <Select
      label={label}
      description={because}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value}
      onChange={(picked) => {
        const chosen = choices.find((choice) => choice.value === picked)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    />
  )
}

interface ProposalWarningsProps {
  readonly asked: AskedFor
  /** How long what it protects must stay so; empty: nobody says. */
  readonly protectFor: string
}

export function ProposalWarnings({ asked, protectFor }: ProposalWarningsProps) {
  const warnings = warningsFor(asked, protectFor)
  if (warnings.length === 0) return null
  return (
    <Alert variant="light" color="yellow" p="sm" role="status" aria-label="Warnings">
      <Stack gap={4}>
        {warnings.map((warning) => (
          <Text key={warning} size="sm">
            {warning}
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
