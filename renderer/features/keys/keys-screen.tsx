import { Button, Group, SegmentedControl, TextInput, Title } from "@mantine/core"
import { useDeferredValue, useState } from "react"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { KeyPanel } from "./key-panel.tsx"
import { KeyTable } from "./key-table.tsx"
import { NoKeys } from "./no-keys.tsx"
import { type KeyFilter, useKeyPages } from "./use-key-pages.ts"

interface KeysScreenProps {
  readonly openName: string | null
  readonly onOpen: (name: string | null) => void
  readonly onNew: () => void
  readonly onImport: () => void
}

const shown = [
  { value: "all", label: "All" },
  { value: "active", label: "Active" },
  { value: "due", label: "Due" },
  { value: "suspended", label: "Suspended" },
]

export function KeysScreen({ openName, onOpen, onNew, onImport }: KeysScreenProps) {
  const [query, setQuery] = useState("")
  const [show, setShow] = useState("all")
  const filter = filterOf(useDeferredValue(query), show)
  const pages = useKeyPages(filter)
  const isFiltered = query !== "" || show !== "all"
  const isEmpty = pages.keys.length === 0 && !pages.isPending
  return (
    <div className="with-panel">
      <section className="screen" aria-label="Keys">
        <Group justify="space-between" wrap="nowrap" className="screen-head">
          <Title order={1} size="h3">
            Keys
          </Title>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" leftSection={<Icon name="import" size={16} />} onClick={onImport}>
              Import…
            </Button>
            <Button leftSection={<Icon name="plus" size={16} />} onClick={onNew}>
              New key…
            </Button>
          </Group>
        </Group>
        {(isFiltered || !isEmpty) && (
          <Group gap="sm" className="screen-filters" preventGrowOverflow={false}>
            <TextInput
              className="grows"
              aria-label="Search keys"
              placeholder="Name, owner, tag, fingerprint…"
              leftSection={<Icon name="search" size={16} />}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
            />
            <SegmentedControl aria-label="Show" data={shown} value={show} onChange={setShow} />
          </Group>
        )}
        <FailureNotice failure={pages.failure} />
        {isEmpty ? (
          <NoKeys isFiltered={isFiltered} onNew={onNew} onImport={onImport} />
        ) : (
          <KeyTable pages={pages} openName={openName} onOpen={onOpen} />
        )}
      </section>
      {openName !== null && <KeyPanel key={openName} name={openName} onRenamed={onOpen} onClose={() => onOpen(null)} />}
    </div>
  )
}

function filterOf(query: string, show: string): KeyFilter {
  return {
    ...(query.trim() === "" ? {} : { query: query.trim() }),
    ...(show === "active" || show === "suspended" ? { state: show } : {}),
    ...(show === "due" ? { due: true } : {}),
  }
}
