import { Modal, Text, TextInput } from "@mantine/core"
import { type KeyboardEvent, useDeferredValue, useState } from "react"
import type { KeyObject } from "../../preload/contract/key-object.ts"
import { useAnswer } from "../api/use-answer.ts"
import { useRotations } from "../features/rotation/use-rotation.ts"
import { Icon } from "../ui/icon.tsx"
import { keyringEntries } from "./keyring-entries.ts"
import {
  type Entry,
  generalEntries,
  isTyped,
  keyAfterVerb,
  keyEntries,
  openingEntry,
  type PaletteActs,
} from "./palette-entries.ts"

interface CommandPaletteProps extends PaletteActs {
  readonly onClose: () => void
}

/** Every action and every key, by typing. */
export function CommandPalette({ onClose, ...acts }: CommandPaletteProps) {
  const [query, setQuery] = useState("")
  const [chosen, setChosen] = useState(0)
  const typed = query.trim()
  const opened = useFoundKeys(typed)
  const doneTo = useFoundKeys(keyAfterVerb(typed))
  const rotations = useRotations(doneTo.keys.map(({ id }) => id))
  const keyrings = useAnswer("keyring.list", {}).data?.keyrings ?? []
  const entries = [
    ...generalEntries(acts).filter((entry) => isTyped(entry, typed)),
    // Of keys that were found for what was typed before, Enter must do nothing to one that does not fit.
    ...doneTo.keys
      .flatMap((key) => keyEntries(key, rotations.get(key.id) ?? null, acts))
      .filter((entry) => isTyped(entry, typed)),
    // There may be many: they are not offered to who has typed nothing.
    ...(typed === "" ? [] : keyrings)
      .flatMap((keyring) => keyringEntries(keyring, acts.onKeyringAct))
      .filter((entry) => isTyped(entry, typed)),
    ...opened.keys.map((key) => openingEntry(key, acts)).filter((entry) => opened.isCurrent || isTyped(entry, typed)),
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
          // At once, not when the dialog gets to it: the next key may follow within a millisecond.
          autoFocus
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

/** The keys that fit, the first of them. @param wanted - `null`: none are asked for */
function useFoundKeys(wanted: string | null): { readonly keys: readonly KeyObject[]; readonly isCurrent: boolean } {
  const asked = useDeferredValue(wanted)
  const request = { limit: 8, ...(asked ? { query: asked } : {}) }
  // A key that is listed stays so while the next letter is looked up: Enter may follow within that time.
  const { data, isPlaceholderData } = useAnswer("key.list", request, { keepsPrevious: true })
  if (wanted === null) return { keys: [], isCurrent: true }
  return { keys: data?.keys ?? [], isCurrent: asked === wanted && !isPlaceholderData }
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
