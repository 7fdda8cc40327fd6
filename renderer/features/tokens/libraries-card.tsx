import { Badge, Button, Group, Table, Text } from "@mantine/core"
import { useState } from "react"
import type { TokenModule } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { inWindow } from "../../api/words-of-window.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { AddLibraryDialog } from "./add-library-dialog.tsx"

const states: Readonly<Record<TokenModule["state"], { readonly says: string; readonly shape: string }>> = {
  usable: { says: "usable", shape: "●" },
  absent: { says: "not installed", shape: "○" },
  refused: { says: "refused", shape: "▲" },
  failed: { says: "failed", shape: "✕" },
}

/** The PKCS#11 libraries that are known, each with why it can't be used. */
export function LibrariesCard() {
  const { data, error } = useAnswer("token.modules", {})
  const task = useTask()
  const [isAdding, setAdding] = useState(false)
  const remove = (path: string) => task.run(() => ask("token.modules.remove", { path }))
  const modules = (data?.modules ?? []).toSorted((one, other) => rank(one) - rank(other))
  return (
    <Card
      title="Libraries"
      says="Tokens are reached through their vendors' PKCS#11 libraries, each in a process of its own that never sees the vault."
    >
      <FailureNotice failure={error ?? task.failure} />
      <Table.ScrollContainer minWidth={560}>
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {modules.map((module) => (
              <LibraryRow
                key={module.path}
                module={module}
                isRunning={task.isRunning}
                onRemove={() => void remove(module.path)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="flex-end">
        <Button variant="default" size="xs" disabled={task.isRunning} onClick={() => setAdding(true)}>
          Add a library…
        </Button>
      </Group>
      {isAdding && <AddLibraryDialog onClose={() => setAdding(false)} />}
    </Card>
  )
}

/** What is not installed comes last. */
function rank({ state }: TokenModule): number {
  return state === "absent" ? 1 : 0
}

interface LibraryRowProps {
  readonly module: TokenModule
  readonly isRunning: boolean
  readonly onRemove: () => void
}

function LibraryRow({ module, isRunning, onRemove }: LibraryRowProps) {
  const { name, path, parameters, state, reason, library, mechanisms, isAdded } = module
  const abilities = mechanisms === null || mechanisms.length === 0 ? "" : `, ${mechanisms.length} mechanisms`
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {library === null ? path : `${library.description} ${library.version}${abilities}, ${path}`}
        </Text>
        {parameters !== null && (
          <Text size="xs" c="dimmed" className="breaks">
            Parameters: {inert(parameters)}
          </Text>
        )}
        {reason !== null && state !== "absent" && <Text size="sm">{inWindow(reason)}</Text>}
      </Table.Td>
      <Table.Td w={140}>
        <Badge variant="light" color={state === "usable" ? "claviger" : state === "absent" ? "gray" : "red"}>
          {states[state].shape} {states[state].says}
        </Badge>
      </Table.Td>
      <Table.Td w={100}>
        {isAdded && (
          <Button size="compact-xs" variant="subtle" color="gray" disabled={isRunning} onClick={onRemove}>
            Remove
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
