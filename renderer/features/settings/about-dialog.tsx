import { Modal, Stack } from "@mantine/core"
import { useAnswer } from "../../api/use-answer.ts"
import { Facts } from "../../ui/facts.tsx"

/** Versions, and whether memory protection is active. */
export function AboutDialog({ path, onClose }: { readonly path: string; readonly onClose: () => void }) {
  const start = useAnswer("window.start", {})
  const info = useAnswer("vault.info", { path })
  const memory = info.data?.memory
  return (
    <Modal opened onClose={onClose} title="About Claviger" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack>
        <Facts
          facts={[
            ["Claviger", start.data?.version ?? ""],
            ...(start.data?.runtime.map(({ name, version }) => [name, version === "" ? "–" : version] as const) ?? []),
            ["Secrets in memory", memory?.locked === true ? "locked: never swapped to disk" : "not locked"],
            ["Memory dumps", memory?.dontDump === true ? "leave secrets out" : "may hold secrets"],
            ["Core dumps", memory?.coreDumps ?? ""],
            ["Debuggers", memory?.debugger ?? ""],
            ["Vault format", String(info.data?.version ?? "")],
          ]}
        />
      </Stack>
    </Modal>
  )
}
