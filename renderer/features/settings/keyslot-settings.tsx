import { Button, Group, Stack, Text } from "@mantine/core"
import { useState } from "react"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { Card } from "../../ui/card.tsx"
import { Facts } from "../../ui/facts.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { nameOf } from "../../ui/path-parts.ts"
import { tokenName } from "../tokens/token-words.ts"
import { AddRecoveryDialog } from "./add-recovery-dialog.tsx"
import { AddTokenDialog } from "./add-token-dialog.tsx"
import { RemoveSlotDialog } from "./remove-slot-dialog.tsx"

type Keyslot = AnswerTo<"vault.info">["keyslots"][number]

/** What opens this vault, and whether all of it is as it should be. */
export function KeyslotSettings({ path }: { readonly path: string }) {
  const { data } = useAnswer("vault.info", { path })
  const task = useTask()
  const [report, setReport] = useState<AnswerTo<"vault.verify"> | null>(null)
  const counts = data?.counts
  return (
    <Card title="This vault">
      <Facts
        facts={[
          [
            "Place",
            <span key="path" className="breaks">
              {path}
            </span>,
          ],
          [
            "Holds",
            counts === undefined
              ? ""
              : `${counts.keys} keys, ${counts.versions} versions, ${counts.auditRows} rows of the log`,
          ],
        ]}
      />
      <WaysIn slots={data?.keyslots ?? []} name={data?.label ?? nameOf(path)} />
      <Stack gap={4}>
        {report?.problems.map(({ rule, severity, message, target = "" }) => (
          <Text key={rule + message + target} size="sm" c={severity === "error" ? "red" : "dimmed"}>
            {target === "" ? message : `${target}: ${message}`}
          </Text>
        ))}
      </Stack>
      <FailureNotice failure={task.failure} />
      <Group justify="flex-end">
        {report !== null && (
          <Text size="sm" c="dimmed" role="status">
            {report.ok
              ? `${report.problems.length === 0 ? "All" : "What could be checked"} is well: ${report.checked.keys} keys, ${report.checked.auditRows} rows of the log.`
              : "Problems were found."}
          </Text>
        )}
        <Button
          variant="default"
          disabled={task.isRunning}
          onClick={() => void task.run(async () => setReport(await ask("vault.verify", {})))}
        >
          Verify the vault
        </Button>
      </Group>
    </Card>
  )
}

/** The keyslots: more recovery cards can be made, and what is no longer wanted is removed. */
function WaysIn({ slots, name }: { readonly slots: readonly Keyslot[]; readonly name: string }) {
  const [adding, setAdding] = useState<"cards" | "token" | null>(null)
  const [removed, setRemoved] = useState<Keyslot | null>(null)
  const passphrases = slots.filter(({ kind }) => kind === "passphrase").length
  return (
    <Stack gap={4}>
      {slots.map((slot) => (
        <Group key={slot.id} justify="space-between" wrap="nowrap" role="group" aria-label={titleOf(slot)}>
          <Text size="sm">
            {titleOf(slot)} <span className="is-quiet">{inWords(slot)}</span>
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={slot.kind === "passphrase" && passphrases < 2}
            aria-label={`Remove: ${titleOf(slot)}`}
            onClick={() => setRemoved(slot)}
          >
            Remove…
          </Button>
        </Group>
      ))}
      <Group gap="xs">
        <Button variant="default" size="xs" onClick={() => setAdding("cards")}>
          Add recovery cards…
        </Button>
        <Button variant="default" size="xs" onClick={() => setAdding("token")}>
          Add a token…
        </Button>
      </Group>
      {adding === "cards" && <AddRecoveryDialog name={name} onClose={() => setAdding(null)} />}
      {adding === "token" && <AddTokenDialog onClose={() => setAdding(null)} />}
      {removed !== null && (
        <RemoveSlotDialog
          id={removed.id}
          token={removed.token}
          what={`${titleOf(removed)}, ${inWords(removed)},`}
          onClose={() => setRemoved(null)}
        />
      )}
    </Stack>
  )
}

const titles: Readonly<Record<string, string>> = {
  passphrase: "Passphrase",
  recovery: "Recovery cards",
  token: "Token",
  "token+passphrase": "Token and passphrase",
}

function titleOf({ kind, token }: Keyslot): string {
  const title = titles[kind] ?? kind
  return token === undefined ? title : `${title} ${tokenName(token)}`
}

function inWords({ kdf, scheme, label }: Keyslot): string {
  if (scheme !== undefined) return `any ${scheme.threshold} of ${scheme.count} cards`
  if (kdf === undefined) return label ?? ""
  const memory =
    kdf.memoryKiB === undefined ? "" : `, ${Math.round(kdf.memoryKiB / 1024)} MiB, ${kdf.passes ?? 0} passes`
  return `${kdf.name}${memory}`
}
