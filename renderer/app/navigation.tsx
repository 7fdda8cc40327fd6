import { Badge, Button, Group, Kbd, NavLink, Stack, Text, VisuallyHidden } from "@mantine/core"
import { ask } from "../api/ask.ts"
import { useAnswer } from "../api/use-answer.ts"
import { Icon } from "../ui/icon.tsx"
import logo from "../ui/logo.svg"
import { nameOf } from "../ui/path-parts.ts"
import { type PlaceName, places, type ShownPlace } from "./places.ts"
import { useAutomaticRotation } from "./use-automatic-rotation.ts"

interface NavigationProps {
  readonly path: string
  readonly place: ShownPlace
  readonly onGo: (place: PlaceName) => void
  readonly onPalette: () => void
}

const hourMs = 3_600_000
const isMac = navigator.userAgent.includes("Macintosh")

export function Navigation({ path, place, onGo, onPalette }: NavigationProps) {
  const info = useAnswer("vault.info", { path })
  const due = useAnswer("report.due", { limit: 1 }, { refetchInterval: hourMs })
  const overdue = due.data?.counts.overdue ?? 0
  useAutomaticRotation(overdue + (due.data?.counts.due ?? 0))
  return (
    <nav className="navigation" aria-label="Main">
      <Group gap="sm" wrap="nowrap" px="xs" pb="md">
        <img src={logo} alt="" width={30} height={30} />
        <div className="grows">
          <Text fw={600} size="sm" truncate title={path} lh={1.3}>
            {info.data?.label ?? nameOf(path)}
          </Text>
          <Text size="xs" c="dimmed">
            Unlocked
          </Text>
        </div>
      </Group>
      <Button
        variant="default"
        size="xs"
        fullWidth
        justify="space-between"
        leftSection={<Icon name="search" size={14} />}
        rightSection={<Kbd size="xs">{isMac ? "⌘ K" : "Ctrl K"}</Kbd>}
        onClick={onPalette}
        mb="md"
      >
        Do anything
      </Button>
      <Stack gap={2} flex={1}>
        {places.map(({ name, label, icon }) => (
          <NavLink
            key={name}
            component="button"
            label={label}
            leftSection={<Icon name={icon} />}
            rightSection={name === "health" && overdue > 0 && <OverdueBadge count={overdue} />}
            active={place === name}
            aria-current={place === name ? "page" : undefined}
            onClick={() => onGo(name)}
          />
        ))}
      </Stack>
      <Button
        variant="light"
        fullWidth
        leftSection={<Icon name="lock" size={16} />}
        onClick={() => void ask("vault.lock", {})}
      >
        Lock
      </Button>
    </nav>
  )
}

function OverdueBadge({ count }: { readonly count: number }) {
  return (
    <Badge variant="light" color="red" size="sm" className="overdue-badge" leftSection={<span aria-hidden>▲</span>}>
      {count > 999 ? "999+" : count}
      <VisuallyHidden> overdue</VisuallyHidden>
    </Badge>
  )
}
