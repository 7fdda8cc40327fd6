import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core"
import { useEffect, useState } from "react"
import { type BegunAct, type ScreenAct, screenActs } from "../../api/screen-acts.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useBegunAct } from "../../api/use-begun-act.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { Working } from "../../ui/working.tsx"
import { count } from "../key-actions/counted.ts"
import { BackupDestroyedDialog } from "./backup-destroyed-dialog.tsx"
import { BackupTable } from "./backup-table.tsx"
import type { Backup } from "./backup-words.ts"
import { DestroyedKeysDialog } from "./destroyed-keys-dialog.tsx"
import { DrillDialog } from "./drill-dialog.tsx"
import type { Done, VaultActs } from "./use-vault-acts.ts"
import { VerifyResult } from "./verify-result.tsx"

interface BackupsScreenProps {
  readonly begun: BegunAct | null
  /** They go on, and say what came of them, when the person looks at something else meanwhile. */
  readonly acts: VaultActs
}

/** Every backup that was made of this vault: when it was verified, whether it is still good, and what it holds. */
export function BackupsScreen({ begun, acts }: BackupsScreenProps) {
  const { data, error, refetch } = useAnswer("vault.backups", {})
  // Files come and go by other hands.
  useEffect(() => {
    const look = () => void refetch()
    look()
    window.addEventListener("focus", look)
    return () => window.removeEventListener("focus", look)
  }, [refetch])
  const [drilling, setDrilling] = useState<Backup | "first" | null>(null)
  const [gone, setGone] = useState<Backup | null>(null)
  const [destroyedIn, setDestroyedIn] = useState<Backup | null>(null)
  const backups = (data?.backups ?? []).toReversed()
  const drillable = backups.filter(({ file }) => file !== "replaced" && file !== "destroyed")
  const first = drillable.find(({ file }) => file === "there") ?? drillable[0]
  const drilled = drilling === "first" ? (first ?? null) : drilling
  const drill = () => setDrilling("first")
  useBegunAct(begun, { "back-up": acts.backUp, "verify-vault": acts.verify, drill })
  const backUpButton = <ActButton act="back-up" isMain isDisabled={acts.isRunning} onClick={acts.backUp} />
  return (
    <section className="screen" aria-label="Backups" aria-busy={data === undefined && error === null}>
      <Group justify="space-between" className="screen-head">
        <Title order={1} size="h3">
          Backups
        </Title>
        <Group gap="xs">
          {acts.doing !== null && <Working {...acts.doing} />}
          <ActButton act="verify-vault" isDisabled={acts.isRunning} onClick={acts.verify} />
          {drillable.length > 0 && <ActButton act="drill" isDisabled={acts.isRunning} onClick={drill} />}
          {backups.length > 0 && backUpButton}
        </Group>
      </Group>
      <Stack gap="sm">
        <FailureNotice failure={error ?? acts.failure} />
        {acts.done !== null && <DoneNotice done={acts.done} />}
      </Stack>
      {backups.length === 0 && data !== undefined ? (
        <EmptyState icon={<Icon name="backup" size={34} />} title="No backup yet" action={backUpButton}>
          A backup is one encrypted file that opens with the same passphrase. It is read back and proven before it
          counts. Without one, a broken disk takes every key with it.
        </EmptyState>
      ) : (
        <Scrolls label="Backups of this vault">
          <BackupTable backups={backups} onDrill={setDrilling} onDestroyed={setDestroyedIn} onGone={setGone} />
        </Scrolls>
      )}
      {drilled !== null && <DrillDialog backups={drillable} first={drilled} onClose={() => setDrilling(null)} />}
      {gone !== null && <BackupDestroyedDialog backup={gone} onClose={() => setGone(null)} />}
      {destroyedIn !== null && <DestroyedKeysDialog backup={destroyedIn} onClose={() => setDestroyedIn(null)} />}
    </section>
  )
}

interface ActButtonProps {
  readonly act: ScreenAct
  readonly isMain?: boolean
  readonly isDisabled: boolean
  readonly onClick: () => void
}

/** Verifying begins at once; the others ask for something first. */
function ActButton({ act, isMain = false, isDisabled, onClick }: ActButtonProps) {
  const { label, icon } = screenActs[act]
  return (
    <Button
      variant={isMain ? "filled" : "default"}
      leftSection={<Icon name={icon} size={16} />}
      disabled={isDisabled}
      onClick={onClick}
    >
      {act === "verify-vault" ? label : `${label}…`}
    </Button>
  )
}

function DoneNotice({ done }: { readonly done: Done }) {
  if (done.act === "verify-vault") return <VerifyResult report={done.report} />
  const { keys, versions, auditHead } = done.made
  return (
    <Alert color="claviger" variant="light" role="status">
      <Text size="sm">
        Verified: {count(keys, "key")}, {count(versions, "version")}, the log up to row {auditHead.seq}. Keep it on
        another disk, or in another place.
      </Text>
    </Alert>
  )
}
