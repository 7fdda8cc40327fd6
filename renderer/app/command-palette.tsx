import { Modal, Text, TextInput } from "@mantine/core"
import { type KeyboardEvent, useDeferredValue, useState } from "react"
import { ask } from "../api/ask.ts"
import { algorithmWord } from "../api/key-words.ts"
import { useAnswer } from "../api/use-answer.ts"
import { Icon, type IconName } from "../ui/icon.tsx"
import { type PlaceName, places } from "./places.ts"

interface CommandPaletteProps {
  readonly onClose: () => void
  readonly onGo: (place: PlaceName) => void
  readonly onDialog: (dialog: "new-key" | "import" | "about") => void
  readonly onOpenKey: (name: string) => void
}

interface Entry {
  readonly id: string
  readonly label: string
  readonly says: string
  readonly icon: IconName
  readonly run: () => void
}

/** Every action and every key, by typing. */
export function CommandPalette({ onClose, onGo, onDialog, onOpenKey }: CommandPaletteProps) {
  const [query, setQuery] = useState("")
  const [chosen, setChosen] = useState(0)
  const wanted = useDeferredValue(query.trim())
  const keys = useAnswer("key.list", { limit: 8, ...(wanted === "" ? {} : { query: wanted }) })
  const isTyped = ({ label }: { readonly label: string }): boolean =>
    label.toLowerCase().includes(query.trim().toLowerCase())
  // Of keys that were found for what was typed before, Enter must open none that does not fit.
  const isCurrent = wanted === query.trim() && !keys.isPlaceholderData
  const found = (keys.data?.keys ?? []).filter(({ name }) => isCurrent || isTyped({ label: name }))
  const entries: Entry[] = [
    ...actions({ onGo, onDialog }).filter(isTyped),
    ...found.map(({ id, name, algorithm }) => ({
      id,
      label: name,
      says: algorithmWord(algorithm),
      icon: "key" as const,
      run: () => onOpenKey(name),
    })),
  ]
  const active = Math.min(chosen, entries.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen((active + step + entries.length) % Math.max(entries.length, 1))
    }
    if (event.key === "Enter") {
      event.preventDefault()
      entries[active]?.run()
    }
  }
  return (
    <Modal.Root opened onClose={onClose} size="lg" yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Command palette">
        <TextInput
          data-autofocus
          size="md"
          variant="unstyled"
          className="palette-input"
          role="combobox"
          aria-expanded
          aria-controls="palette-entries"
          aria-activedescendant={entries[active] === undefined ? undefined : `palette-${active}`}
          aria-label="What do you want to do?"
          placeholder="What do you want to do?"
          leftSection={<Icon name="search" />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div id="palette-entries" role="listbox" aria-label="Actions and keys" className="palette-entries">
          {entries.map((entry, index) => (
            <PaletteEntry key={entry.id} entry={entry} index={index} isActive={index === active} />
          ))}
          {entries.length === 0 && (
            <Text c="dimmed" p="md" role="option" aria-selected={false} aria-disabled>
              Nothing of that name.
            </Text>
          )}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

function PaletteEntry({ entry, index, isActive }: { entry: Entry; index: number; isActive: boolean }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's, which the list belongs to
    <div
      id={`palette-${index}`}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className="palette-entry"
      onClick={entry.run}
    >
      <Icon name={entry.icon} />
      <span className="grows">{entry.label}</span>
      <span className="is-quiet">{entry.says}</span>
    </div>
  )
}

function actions({ onGo, onDialog }: Pick<CommandPaletteProps, "onGo" | "onDialog">): Entry[] {
  const dialog = (id: "new-key" | "import" | "about", label: string, says: string, icon: IconName): Entry => ({
    id,
    label,
    says,
    icon,
    run: () => onDialog(id),
  })
  return [
    dialog("new-key", "New key", "key.generate", "plus"),
    dialog("import", "Import", "key.import", "import"),
    ...places.map(({ name, label, icon }) => ({
      id: `go ${name}`,
      label: `Go to ${label}`,
      says: "",
      icon,
      run: () => onGo(name),
    })),
    { id: "lock", label: "Lock", says: "vault.lock", icon: "lock", run: () => void ask("vault.lock", {}) },
    dialog("about", "About Claviger", "", "key"),
  ]
}
