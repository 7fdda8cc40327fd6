import { Modal, Stack, Text } from "@mantine/core"
import { useAnswer } from "../../api/use-answer.ts"
import { Facts } from "../../ui/facts.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"

/** Versions, what the program's file is and who could replace it, and whether memory protection is active. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { data, error } = useAnswer("window.about", {})
  return (
    <Modal opened onClose={onClose} title="About Claviger" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack aria-busy={data === undefined && error === null}>
        <FailureNotice failure={error} />
        {data !== undefined && (
          <Facts
            facts={[
              ["Claviger", data.version],
              ...data.runtime.map(({ name, version }) => [name, version === "" ? "–" : version] as const),
              ["Secrets in memory", data.memory.locked ? "locked: never swapped to disk" : "not locked"],
              ["Memory dumps", data.memory.dontDump ? "leave secrets out" : "may hold secrets"],
              ["Core dumps", data.memory.coreDumps],
              ["Debuggers", data.memory.debugger],
              ["Program", <ProgramFile key="program" {...data.program} />],
            ]}
          />
        )}
      </Stack>
    </Modal>
  )
}

interface ProgramFileProps {
  readonly path: string
  readonly sha256: string
  readonly isReplaceable: boolean
}

function ProgramFile({ path, sha256, isReplaceable }: ProgramFileProps) {
  return (
    <>
      <Text size="sm" className="breaks">
        {path}
      </Text>
      <code className="print">SHA-256 {sha256}</code>
      {isReplaceable && (
        <Text size="xs" c="dimmed">
          It does not belong to root: other programs of its owner could replace it.
        </Text>
      )}
    </>
  )
}
