import { Modal } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { JobChoice } from "./job-choice.tsx"
import { jobs } from "./jobs.ts"
import { KeyMade } from "./key-made.tsx"
import { NewKeyForm } from "./new-key-form.tsx"
import { NewKeyringDialog } from "./new-keyring-dialog.tsx"

interface NewKeyDialogProps {
  readonly onClose: () => void
  readonly onOpenKey: (name: string) => void
  readonly onSeeds: () => void
  readonly onBackups: () => void
}

/** Starts from the job; then what we propose for it; then what was made, and what to do next. */
export function NewKeyDialog({ onClose, onOpenKey, onSeeds, onBackups }: NewKeyDialogProps) {
  const [jobIndex, setJobIndex] = useState<number | null>(null)
  const [keyring, setKeyring] = useState<string | null>(null)
  const [isMakingKeyring, setMakingKeyring] = useState(false)
  const [made, setMade] = useState<KeyObject | null>(null)
  const job = jobIndex === null ? undefined : jobs[jobIndex]
  const title = made !== null ? "The key is made" : (job?.name ?? "What is the key for?")
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        title={title}
        size={job === undefined || made !== null ? "lg" : "xl"}
        closeOnEscape={!isMakingKeyring}
        inert={isMakingKeyring}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {made !== null ? (
          <KeyMade value={made} onOpen={() => onOpenKey(made.name)} onBackups={onBackups} />
        ) : job === undefined ? (
          <JobChoice onChoose={setJobIndex} onSeeds={onSeeds} />
        ) : (
          <NewKeyForm
            job={job}
            keyring={keyring}
            onKeyring={setKeyring}
            onNewKeyring={() => setMakingKeyring(true)}
            onMade={setMade}
            onBack={() => setJobIndex(null)}
          />
        )}
      </Modal>
      {isMakingKeyring && (
        <NewKeyringDialog
          purpose="general"
          onMade={(name) => {
            setKeyring(name)
            setMakingKeyring(false)
          }}
          onClose={() => setMakingKeyring(false)}
        />
      )}
    </>
  )
}
