import { Button, Group, Modal, Select, Stack } from "@mantine/core"
import { type FormEvent, useRef, useState } from "react"
import type { Exportable } from "../../../preload/contract/values.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { SecretArea } from "../../ui/secret-area.tsx"
import { Working } from "../../ui/working.tsx"
import { ProtectionChoice } from "../key-actions/protection-choice.tsx"
import { DropZone } from "./drop-zone.tsx"
import { Original } from "./original.tsx"
import { SourceRow } from "./source-row.tsx"
import { type Destination, type ImportSources, useImportSources } from "./use-import-sources.ts"

interface ImportDialogProps {
  readonly onClose: () => void
  readonly onOpenKey: (name: string) => void
}

/** Drop files or paste: each is recognised, and listed with what it is, what is wrong with it and where it will go. */
export function ImportDialog({ onClose, onOpenKey }: ImportDialogProps) {
  const pasted = useRef<HTMLTextAreaElement>(null)
  const sources = useImportSources(pasted)
  const [destination, setDestination] = useState<Destination>({ keyring: null, exportable: null, protectFor: "" })
  const { all, isRunning } = sources
  const open = all.filter(({ imported }) => imported === null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void sources.importAll(destination)
  }
  const close = () => (isRunning ? sources.cancel() : onClose())
  return (
    <Modal opened onClose={close} title="Import keys" size="xl" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack>
          <DropZone onFiles={sources.addFiles} />
          <SecretArea
            label="or paste a key"
            input={pasted}
            rows={3}
            placeholder="-----BEGIN PRIVATE KEY-----"
            onInput={() => sources.notePasted((pasted.current?.value ?? "") !== "")}
            onLeave={() => recognisePasted(sources)}
          />
          {all.map((source) => (
            <SourceRow
              key={source.id}
              source={source}
              isRunning={isRunning}
              onChange={(changes) => sources.change(source.id, changes)}
              onRecognise={(changed) => void sources.recognise(changed)}
              onRemove={() => sources.remove(source.id)}
            />
          ))}
          {open.length > 0 && <DestinationFields destination={destination} onChange={setDestination} />}
          {all.some(isWhole) && <Original />}
          <Buttons sources={sources} onClose={close} onOpenKey={onOpenKey} />
        </Stack>
      </form>
    </Modal>
  )
}

/** What was pasted can be read once it is all there. */
function recognisePasted({ all, recognise }: ImportSources): void {
  const source = all.find(({ id }) => id === 0)
  if (source?.imported === null) void recognise(source)
}

/** Of a file with several keys, one that was refused may be in no other place. */
function isWhole({ imported }: ImportSources["all"][number]): boolean {
  return imported?.keys.every((one) => one.ok) === true
}

interface DestinationFieldsProps {
  readonly destination: Destination
  readonly onChange: (destination: Destination) => void
}

const exportable: readonly { readonly value: Exportable | ""; readonly label: string }[] = [
  { value: "", label: "Never; secret texts in the clear" },
  { value: "never", label: "Never" },
  { value: "wrapped", label: "Encrypted only" },
  { value: "yes", label: "Also in the clear" },
]

/** Where all of them go. */
function DestinationFields({ destination, onChange }: DestinationFieldsProps) {
  const { data } = useAnswer("keyring.list", {})
  const general = data?.keyrings.filter(({ purpose }) => purpose === "general").map((one) => one.name) ?? []
  return (
    <Group grow align="flex-start">
      <Select
        label="Keyring"
        data={general}
        value={destination.keyring ?? general[0] ?? null}
        onChange={(keyring) => onChange({ ...destination, keyring })}
      />
      <Select
        label="May leave the vault"
        data={exportable}
        value={destination.exportable ?? ""}
        onChange={(chosen) => {
          const found = exportable.find(({ value }) => value === chosen)?.value ?? ""
          onChange({ ...destination, exportable: found === "" ? null : found })
        }}
      />
      <ProtectionChoice
        value={destination.protectFor}
        onChange={(protectFor) => onChange({ ...destination, protectFor })}
        inputWrapperOrder={["label", "input", "description", "error"]}
      />
    </Group>
  )
}

interface ButtonsProps extends ImportDialogProps {
  readonly sources: ImportSources
}

function Buttons({ sources: { all, isRunning }, onClose, onOpenKey }: ButtonsProps) {
  const open = all.filter(({ imported }) => imported === null)
  const first = all.flatMap(({ imported }) => imported?.keys ?? []).find((one) => one.ok)
  const isDone = all.length > 0 && open.length === 0
  const left = all.length - open.length
  return (
    <Group justify="flex-end">
      {isRunning && <Working says={all.length > 1 ? `Importing, ${left} of ${all.length} done` : "Importing"} />}
      <Button variant="default" onClick={onClose}>
        {isDone ? "Close" : "Cancel"}
      </Button>
      {first !== undefined && isDone && (
        <Button data-autofocus onClick={() => onOpenKey(first.key.name)}>
          Show the key
        </Button>
      )}
      {!isDone && (
        <Button type="submit" disabled={isRunning || open.length === 0 || open.some(({ name }) => name.trim() === "")}>
          {all.length > 1 ? `Import ${open.length} of ${all.length} files` : "Import"}
        </Button>
      )}
    </Group>
  )
}
