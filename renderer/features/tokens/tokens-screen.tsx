import { Button, Group, SimpleGrid, Stack, Title } from "@mantine/core"
import { useAnnouncement } from "../../api/use-announcement.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useAskAgain } from "../../api/use-ask-again.ts"
import { EmptyState } from "../../ui/empty-state.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Icon } from "../../ui/icon.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { Working } from "../../ui/working.tsx"
import { HealthCard } from "./health-card.tsx"
import { LibrariesCard } from "./libraries-card.tsx"
import { TokenCard } from "./token-card.tsx"
import { UsbCard } from "./usb-card.tsx"

/** What is plugged in, and the libraries that reach it. */
export function TokensScreen() {
  const { data, error, isFetching } = useAnswer("token.list", {})
  const askAgain = useAskAgain()
  const lookForTokens = () => askAgain("token.list", "token.usb")
  const lookAgain = () => askAgain("token.list", "token.usb", "token.modules")
  useAnnouncement("usb", lookForTokens)
  const tokens = data?.tokens ?? []
  return (
    <section className="screen" aria-label="Tokens" aria-busy={data === undefined && error === null}>
      <Group justify="space-between" className="screen-head">
        <Title order={1} size="h3">
          Tokens
        </Title>
        <Group>
          {isFetching && <Working says="Looking" />}
          <Button variant="default" disabled={isFetching} onClick={lookAgain}>
            Look again
          </Button>
        </Group>
      </Group>
      <FailureNotice failure={error} />
      <Scrolls label="All tokens">
        {tokens.length === 0 && data !== undefined && (
          <EmptyState icon={<Icon name="token" size={34} />} title="No token is there">
            A token is an HSM, a smart card or a USB key that keeps keys and does their work inside: what is made in it
            never leaves it. Plug one in. If it does not show here then, its library is missing: USB, below, says which
            one.
          </EmptyState>
        )}
        <SimpleGrid cols={{ base: 1, lg: 2 }} p={2} mb="md">
          {tokens.map((token) => (
            <TokenCard key={`${token.module} ${token.slot} ${token.serial}`} token={token} />
          ))}
        </SimpleGrid>
        <Stack gap="md">
          <HealthCard tokens={tokens} />
          <UsbCard />
          <LibrariesCard />
        </Stack>
      </Scrolls>
    </section>
  )
}
