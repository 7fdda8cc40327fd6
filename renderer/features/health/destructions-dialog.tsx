import { Modal, Stack, Text } from "@mantine/core"
import type { DestructionCertificate } from "../../../preload/contract/key-destruction.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { asDateAndTime } from "../../ui/time.ts"
import { count } from "../key-actions/counted.ts"
import { SaveCertificate } from "../key-actions/save-certificate.tsx"
import { LongList } from "./long-list.tsx"

/** Each is signed anew when it is asked for. */
const most = 500

interface DestructionsDialogProps {
  readonly onOpenKey: (name: string) => void
  readonly onClose: () => void
}

/** The register of destructions: what was destroyed, by whom and why, where copies are left, and the certificate of each. */
export function DestructionsDialog({ onOpenKey, onClose }: DestructionsDialogProps) {
  const { data, error } = useAnswer("report.destructions", { newest: most })
  const newestFirst = data?.destructions.map(({ certificate }) => certificate).toReversed() ?? []
  return (
    <Modal opened onClose={onClose} title="Destructions" size="xl" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="sm" aria-busy={data === undefined && error === null}>
        <FailureNotice failure={error} />
        <Text size="sm" role="status">
          {data !== undefined && headingOf(data.count, newestFirst.length)}
        </Text>
        {newestFirst.length > 0 && (
          <div className="destructions">
            <LongList label="Destroyed" items={newestFirst} rowHeight={92} keyOf={({ audit }) => String(audit.seq)}>
              {(certificate) => <Destruction value={certificate} onOpenKey={onOpenKey} />}
            </LongList>
          </div>
        )}
      </Stack>
    </Modal>
  )
}

function headingOf(all: number, shown: number): string {
  if (all === 0)
    return "Nothing was destroyed in this vault. What is has its signed certificate here; what waits for it is under Due."
  const told = `${count(all, "destruction")}, the newest first.`
  return all === shown ? told : `${told} Here are the last ${shown}; claviger report destructions has all.`
}

interface DestructionProps extends Pick<DestructionsDialogProps, "onOpenKey"> {
  readonly value: DestructionCertificate
}

function Destruction({ value, onOpenKey }: DestructionProps) {
  const { name, versions, destroyedAt, reason, acts, backups } = value
  const numbers = versions.map(({ version }) => version)
  const by = acts.find(({ act }) => act !== "asked")?.actor ?? "–"
  return (
    <div className="health-line">
      <div className="grows">
        <button type="button" className="health-name" onClick={() => onOpenKey(name)}>
          {inert(name)}
        </button>
        <Text size="xs" component="span" c="dimmed" ml={8}>
          {numbers.length === 1 ? "version" : "versions"} {numbers.join(", ")}
        </Text>
        <Text size="sm" className="breaks">
          {asDateAndTime(destroyedAt)}, {inert(by)}: {inert(reason)}
        </Text>
        <Text size="xs" className={backups.length === 0 ? "is-quiet" : "is-due"}>
          {backups.length === 0 ? "No backup holds it." : `▲ Still in ${count(backups.length, "backup")}.`}
        </Text>
      </div>
      <SaveCertificate name={name} version={numbers[0] ?? 1} />
    </div>
  )
}
