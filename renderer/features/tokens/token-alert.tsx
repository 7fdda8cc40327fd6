import { Button, Group, Notification, Text } from "@mantine/core"
import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { saidOf } from "../../api/token-uris.ts"
import { useAnnouncement } from "../../api/use-announcement.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { inert } from "../../ui/inert.ts"
import { findingsOf, lastOfEach } from "./health-words.ts"

/** Over every screen, until somebody has seen it: tokens that were checked by themselves and are not well. */
export function TokenAlert({ onShow }: { readonly onShow: () => void }) {
  const queries = useQueryClient()
  const [failing, setFailing] = useState(0)
  useAnnouncement("token-health", (announcement) => {
    if (announcement.failing > 0) setFailing(announcement.failing)
    void queries.invalidateQueries({ queryKey: ["token.health.history"] })
  })
  if (failing === 0) return null
  const close = () => setFailing(0)
  const show = () => {
    close()
    onShow()
  }
  return (
    <Notification
      color="red"
      title={failing === 1 ? "A token is not well" : `${failing} tokens are not well`}
      role="alert"
      withCloseButton={false}
    >
      <Failing />
      <Group gap={6} mt="xs">
        <Button size="xs" onClick={show}>
          Show tokens
        </Button>
        <Button size="xs" variant="default" onClick={close}>
          Dismiss
        </Button>
      </Group>
    </Notification>
  )
}

function Failing() {
  const history = useAnswer("token.health.history", {})
  const reports = lastOfEach(history.data?.reports ?? []).filter(({ outcome }) => outcome === "failed")
  return reports.map((report) => (
    <Text key={report.uri} size="sm" c="var(--mantine-color-text)" className="breaks">
      {inert(saidOf(report.uri, "token") || report.uri)}: {inert(findingsOf(report))}
    </Text>
  ))
}
