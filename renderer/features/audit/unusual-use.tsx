import { Button, Group, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { AnswerTo } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Icon } from "../../ui/icon.tsx"
import { asDateAndTime } from "../../ui/time.ts"
import { type AuditFilter, spanOfRows } from "./audit-filter.ts"

type Unusual = AnswerTo<"audit.summary">["unusual"][number]

const kinds: Readonly<Record<Unusual["kind"], string>> = {
  burst: "Burst",
  "odd-hours": "Odd hours",
  "long-unused": "Old key",
  failures: "Failures",
}

const shownAtFirst = 2

/** What in the log was not so before, the newest first, each with its reason and a way to its rows. */
export function UnusualUse({ onFilter }: { readonly onFilter: (filter: AuditFilter) => void }) {
  const { data } = useAnswer("audit.summary", {})
  const [isOpen, setOpen] = useState(false)
  if (data === undefined) return null
  const { unusual, unusualCount, rows } = data
  const shown = isOpen ? unusual : unusual.slice(0, shownAtFirst)
  return (
    <section className="unusual" aria-label="Unusual use">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Title order={2} size="h6">
          {unusualCount === 0 ? `Nothing unusual in ${rows} rows` : `Unusual use: ${unusualCount}`}
        </Title>
        <Group gap="xs" wrap="nowrap">
          {unusualCount > shownAtFirst && (
            <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? "Show fewer" : `Show all ${unusual.length}`}
            </Button>
          )}
        </Group>
      </Group>
      {shown.length > 0 && (
        <ul className="plain-list unusual-list">
          {shown.map((one) => (
            <UnusualLine key={`${one.kind} ${one.key} ${one.from}`} unusual={one} onFilter={onFilter} />
          ))}
        </ul>
      )}
      <details className="unusual-meaning">
        <summary>What counts as unusual</summary>
        <Text size="xs" c="dimmed">
          A burst: a key is used at least 20 times within an hour, and five times as often as ever before. Odd hours:
          the vault is used at an hour at which it was used on fewer than one in twenty of the days before. An old key:
          it is used after half a year or more without any use. Failures: ten acts or more were refused, or failed,
          within an hour. A keyring&rsquo;s policy may have other figures. Each is compared with what came before it;
          nothing is refused for it, and whether it is wrong is for you to judge. That it was shown is in the log.
        </Text>
      </details>
    </section>
  )
}

interface UnusualLineProps {
  readonly unusual: Unusual
  readonly onFilter: (filter: AuditFilter) => void
}

function UnusualLine({ unusual: { kind, key, from, to, reason }, onFilter }: UnusualLineProps) {
  const when = asDateAndTime(from)
  const show = () => onFilter({ ...(key === null ? {} : { key }), time: spanOfRows(from, to, when) })
  return (
    <li className="unusual-line">
      <Icon name="warning" size={16} />
      <div className="grows">
        <Text size="sm" component="span" fw={600}>
          {kinds[kind]}
          {key === null ? "" : `: ${key}`}
        </Text>{" "}
        <Text size="sm" component="span">
          {reason}
        </Text>{" "}
        <Text size="xs" component="span" c="dimmed" className="is-unbroken">
          {when}
        </Text>
      </div>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Show rows: ${kinds[kind]} ${key ?? ""}, ${when}`}
        onClick={show}
      >
        Show rows
      </Button>
    </li>
  )
}
