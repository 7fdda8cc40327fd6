import { Button, Group, TextInput, Title } from "@mantine/core"
import { useDeferredValue, useState } from "react"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { ColumnMenu } from "./column-menu.tsx"
import type { KeyFilter } from "./key-filter.ts"
import { KeyFilters } from "./key-filters.tsx"
import type { KeySorting } from "./key-headings.tsx"
import { KeyPanel } from "./key-panel.tsx"
import { KeyTable } from "./key-table.tsx"
import { NoKeys } from "./no-keys.tsx"
import { SelectionBar } from "./selection-bar.tsx"
import { useHiddenColumns } from "./use-hidden-columns.ts"
import { useKeyPages } from "./use-key-pages.ts"
import { useKeySelection } from "./use-key-selection.ts"

interface KeysScreenProps {
  /** What the list is narrowed by when it opens. */
  readonly firstFilter: KeyFilter
  readonly openName: string | null
  readonly onOpen: (name: string | null) => void
  readonly onNew: () => void
  readonly onImport: () => void
}

export function KeysScreen({ firstFilter, openName, onOpen, onNew, onImport }: KeysScreenProps) {
  const [query, setQuery] = useState("")
  const [filter, setFilter] = useState(firstFilter)
  const [sorting, setSorting] = useState<KeySorting>({ order: "name", descending: false })
  const [hiddenColumns, hideColumns] = useHiddenColumns()
  const selection = useKeySelection()
  const wanted = useDeferredValue(query).trim()
  const pages = useKeyPages({ ...filter, ...sorting, ...(wanted === "" ? {} : { query: wanted }) })
  const isFiltered = query !== "" || Object.keys(filter).length > 0
  const isEmpty = pages.items.length === 0 && !pages.isPending
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
          <>
            <Group gap="xs" wrap="nowrap" mb={10}>
              <TextInput
                className="grows"
                aria-label="Search keys"
                placeholder="Name, owner, environment, tag…"
                leftSection={<Icon name="search" size={16} />}
                value={query}
                onChange={(event) => setQuery(event.currentTarget.value)}
              />
              <ColumnMenu hidden={hiddenColumns} onChange={hideColumns} />
            </Group>
            <KeyFilters filter={filter} onChange={setFilter} />
          </>
        )}
        {selection.keys.size > 0 && <SelectionBar selection={selection} />}
        <FailureNotice failure={pages.failure} />
        {isEmpty ? (
          <NoKeys isFiltered={isFiltered} onNew={onNew} onImport={onImport} />
        ) : (
          <KeyTable
            pages={pages}
            hiddenColumns={hiddenColumns}
            sorting={sorting}
            onSort={setSorting}
            selection={selection}
            openName={openName}
            onOpen={onOpen}
          />
        )}
      </section>
      {openName !== null && <KeyPanel key={openName} name={openName} onOpenKey={onOpen} onClose={() => onOpen(null)} />}
    </div>
  )
}
