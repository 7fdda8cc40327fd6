import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import type { Token, TokenObject } from "../../../preload/contract/token-object.ts"
import { ask } from "../../api/ask.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { SecretField, takeSecret } from "../../ui/secret-field.tsx"
import { Working } from "../../ui/working.tsx"
import { AdoptKeyDialog } from "./adopt-key-dialog.tsx"
import { titleOf } from "./token-words.ts"

interface TokenObjectsDialogProps {
  readonly token: Token
  readonly onClose: () => void
}

const kinds: Readonly<Record<TokenObject["kind"], string>> = {
  "public-key": "public key",
  "private-key": "private key",
  "secret-key": "secret key",
  certificate: "certificate",
  data: "data",
  other: "something else",
}

/** What is in a token: without its PIN what anybody may see, with it the rest. */
export function TokenObjectsDialog({ token, onClose }: TokenObjectsDialogProps) {
  const task = useTask()
  const seen = useAnswer("token.objects", { uri: token.uri })
  const [all, setAll] = useState<readonly TokenObject[] | null>(null)
  const [chosen, setChosen] = useState<TokenObject | null>(null)
  const [adopted, setAdopted] = useState<ReadonlyMap<string, string>>(new Map())
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void task.run(async () => {
      const pin = takeSecret(field)
      try {
        setAll((await ask("token.objects", { uri: token.uri, pin })).objects)
      } finally {
        pin.fill(0)
      }
    })
  }
  if (chosen !== null) {
    const close = () => setChosen(null)
    const keep = (name: string) => {
      setAdopted(new Map([...adopted, [chosen.uri, name]]))
      close()
    }
    return <AdoptKeyDialog object={chosen} onAdopted={keep} onClose={close} />
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`In ${titleOf(token)}`}
      size="xl"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <FailureNotice failure={seen.error} />
        {(seen.error === null || all !== null) && (
          <Objects objects={all ?? seen.data?.objects ?? null} adopted={adopted} onChoose={setChosen} />
        )}
        {all === null && (
          <form onSubmit={submit}>
            <Stack gap="xs">
              <SecretField label="PIN" description="private keys show only with it" input={field} />
              <FailureNotice failure={task.failure} />
              <Group justify="flex-end">
                {task.isRunning && <Working says="Looking" />}
                <Button type="submit" variant="default" disabled={task.isRunning}>
                  Show all of it
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Modal>
  )
}

interface ObjectsProps {
  readonly objects: readonly TokenObject[] | null
  /** What they are called in the vault by now, by their URIs. */
  readonly adopted: ReadonlyMap<string, string>
  readonly onChoose: (object: TokenObject) => void
}

function Objects({ objects, adopted, onChoose }: ObjectsProps) {
  if (objects === null) return <Working says="Looking" />
  if (objects.length === 0) return <Text size="sm">There is nothing that shows.</Text>
  return (
    <Table.ScrollContainer minWidth={500}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Label</Table.Th>
            <Table.Th>What it is</Table.Th>
            <Table.Th>Algorithm</Table.Th>
            <Table.Th>The token says</Table.Th>
            <Table.Th>In the vault</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {objects.map((object) => (
            <Table.Tr key={object.uri}>
              <Table.Td className="breaks">{inert(object.label)}</Table.Td>
              <Table.Td>{kinds[object.kind]}</Table.Td>
              <Table.Td>{object.algorithm === null ? "" : algorithmWords[object.algorithm]}</Table.Td>
              <Table.Td>{claimsOf(object)}</Table.Td>
              <Table.Td className="breaks">
                {adopted.get(object.uri) ?? (isAdoptable(object) && <TakeIn object={object} onChoose={onChoose} />)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function isAdoptable({ kind }: TokenObject): boolean {
  return kind === "private-key" || kind === "secret-key"
}

function TakeIn({ object, onChoose }: { readonly object: TokenObject; readonly onChoose: ObjectsProps["onChoose"] }) {
  return (
    <Button size="xs" variant="default" aria-label={`Take in ${inert(object.label)}…`} onClick={() => onChoose(object)}>
      Take in…
    </Button>
  )
}

/** What nothing proves, but a key that never leaves says of itself. */
function claimsOf({ claims: { sensitive, extractable, local } }: TokenObject): string {
  return [
    sensitive === true ? "does not show itself" : sensitive === false ? "shows itself" : "",
    extractable === false ? "never leaves" : extractable === true ? "may leave" : "",
    local === true ? "made in the token" : local === false ? "came from outside" : "",
  ]
    .filter((part) => part !== "")
    .join(", ")
}
