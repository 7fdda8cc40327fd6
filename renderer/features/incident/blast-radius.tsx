import { List, Stack, Text, Title } from "@mantine/core"
import type { BlastItem } from "../../../preload/contract/incident.ts"
import { inert } from "../../ui/inert.ts"
import { asDate } from "../../ui/time.ts"
import { effects, effectWords } from "./incident-words.ts"

/** So many of a kind are listed; the report has all of them. */
const most = 50

/** What a compromise bears on, sorted by how it stands to the key. */
export function BlastRadius({ items }: { readonly items: readonly BlastItem[] }) {
  if (items.length === 0) {
    return <Text size="sm">The vault knows of nothing: no other key, no use, no copy, no backup.</Text>
  }
  return (
    <div className="blast-radius">
      {effects.map((effect) => {
        const found = items.filter((item) => item.effect === effect)
        if (found.length === 0) return null
        return (
          <Stack gap={4} key={effect} component="section" aria-label={effectWords[effect]}>
            <Title order={3} size="h6">
              {effectWords[effect]}
            </Title>
            <List size="sm" spacing={2}>
              {found.slice(0, most).map((item) => (
                <List.Item key={`${item.kind} ${item.name} ${item.first ?? ""} ${item.how}`}>
                  <BlastLine item={item} />
                </List.Item>
              ))}
            </List>
            {found.length > most && (
              <Text size="xs" c="dimmed">
                and {found.length - most} more, which the report has
              </Text>
            )}
          </Stack>
        )
      })}
    </div>
  )
}

function BlastLine({ item: { kind, name, how, count, first, last } }: { readonly item: BlastItem }) {
  const times = [first, last === first ? undefined : last].filter((time) => time !== undefined).map(asDate)
  return (
    <span className="breaks">
      <b>
        {count !== undefined && kind !== "system" && kind !== "user" ? `${count} ` : ""}
        {inert(name)}
      </b>{" "}
      <Text span c="dimmed" size="sm">
        {inert(how)}
        {kind === "user" && count !== undefined ? `, ${count} times` : ""}
        {times.length === 0 ? "" : ` (${[...new Set(times)].join(" – ")})`}
      </Text>
    </span>
  )
}
