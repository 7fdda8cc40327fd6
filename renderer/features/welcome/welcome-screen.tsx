import { ActionIcon, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { FrontPage } from "../../ui/front-page.tsx"
import { Icon } from "../../ui/icon.tsx"
import { folderOf, nameOf } from "../../ui/path-parts.ts"

interface WelcomeScreenProps {
  readonly recent: readonly { readonly path: string; readonly isThere: boolean }[]
  readonly onOpen: (path: string) => void
  readonly onCreate: () => void
  readonly onRestore: () => void
}

/** Where everybody starts: the vaults used before, a new one, or one from a backup. */
export function WelcomeScreen({ recent, onOpen, onCreate, onRestore }: WelcomeScreenProps) {
  const task = useTask()
  const choose = () =>
    task.run(async () => {
      const { path } = await ask("window.choose", { what: "open-vault" })
      if (path !== null) onOpen(path)
    })
  return (
    <FrontPage
      title="Claviger"
      subtitle={
        recent.length === 0
          ? "A vault keeps your keys in one encrypted folder on this machine. Make one to begin; it takes a minute."
          : "Open a vault, or make another one."
      }
    >
      {recent.length > 0 && <RecentVaults recent={recent} onOpen={onOpen} />}
      <FailureNotice failure={task.failure} />
      <Stack gap="xs">
        <Button size="md" leftSection={<Icon name="plus" />} onClick={onCreate}>
          Create a vault
        </Button>
        <Group grow gap="xs" preventGrowOverflow={false}>
          <Button variant="default" leftSection={<Icon name="folder" />} onClick={choose}>
            Open a vault…
          </Button>
          <Button variant="default" leftSection={<Icon name="backup" />} onClick={onRestore}>
            Restore a backup…
          </Button>
        </Group>
      </Stack>
    </FrontPage>
  )
}

function RecentVaults({ recent, onOpen }: Pick<WelcomeScreenProps, "recent" | "onOpen">) {
  const queries = useQueryClient()
  const forget = async (path: string) => {
    await ask("window.forget", { path })
    await queries.invalidateQueries({ queryKey: ["window.start"] })
  }
  return (
    <Stack gap={2} component="ul" className="plain-list" aria-label="Recent vaults">
      {recent.map(({ path, isThere }) => (
        <li key={path} className="recent-vault">
          <UnstyledButton className="recent-vault-button" disabled={!isThere} onClick={() => onOpen(path)}>
            <Icon name="lock" />
            <div className="grows">
              <Text fw={600} truncate>
                {nameOf(path)}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {isThere ? folderOf(path) : `Not there now: ${folderOf(path)}`}
              </Text>
            </div>
          </UnstyledButton>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Forget ${nameOf(path)}`}
            title="Take it off this list; the vault itself stays"
            onClick={() => void forget(path)}
          >
            <Icon name="close" size={14} />
          </ActionIcon>
        </li>
      ))}
    </Stack>
  )
}
