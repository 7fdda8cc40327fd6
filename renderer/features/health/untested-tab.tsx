import { Button } from "@mantine/core"
import { useState } from "react"
import { useAnswer } from "../../api/use-answer.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { BackupDestroyedDialog } from "../backups/backup-destroyed-dialog.tsx"
import { BackupTable } from "../backups/backup-table.tsx"
import type { Backup } from "../backups/backup-words.ts"
import { DestroyedKeysDialog } from "../backups/destroyed-keys-dialog.tsx"
import { DrillDialog } from "../backups/drill-dialog.tsx"

interface UntestedTabProps {
  readonly onBackups: () => void
}

/** Backups that no restore drill has proven, or the last one has not: what counts is a restore, not a file. */
export function UntestedTab({ onBackups }: UntestedTabProps) {
  const { data, error } = useAnswer("vault.backups", {}, { refetchOnMount: "always" })
  const [drilling, setDrilling] = useState<Backup | null>(null)
  const [gone, setGone] = useState<Backup | null>(null)
  const [destroyedIn, setDestroyedIn] = useState<Backup | null>(null)
  const untested = untestedOf(data?.backups ?? []).toReversed()
  const isNone = data?.backups.length === 0
  return (
    <div className="health-part" aria-busy={data === undefined && error === null}>
      <FailureNotice failure={error} />
      {data !== undefined && untested.length === 0 && (
        <EmptyState
          icon={<Icon name="backup" size={34} />}
          title={isNone ? "No backup yet" : "Every backup was restored in a drill"}
          action={
            <Button variant="light" onClick={onBackups}>
              Go to Backups
            </Button>
          }
        >
          {isNone
            ? "A broken disk would take every key with it. A backup is one encrypted file; it counts once a drill has restored it."
            : "Each was opened in a temporary place, verified and compared with what was recorded when it was made."}
        </EmptyState>
      )}
      {untested.length > 0 && (
        <Scrolls label="Untested backups">
          <BackupTable backups={untested} onDrill={setDrilling} onDestroyed={setDestroyedIn} onGone={setGone} />
        </Scrolls>
      )}
      {drilling !== null && <DrillDialog backups={untested} first={drilling} onClose={() => setDrilling(null)} />}
      {gone !== null && <BackupDestroyedDialog backup={gone} onClose={() => setGone(null)} />}
      {destroyedIn !== null && <DestroyedKeysDialog backup={destroyedIn} onClose={() => setDestroyedIn(null)} />}
    </div>
  )
}

export function untestedOf(backups: readonly Backup[]): readonly Backup[] {
  return backups.filter(({ file, drill }) => file !== "replaced" && file !== "destroyed" && drill?.ok !== true)
}
