import { Text } from "@mantine/core"
import { useState } from "react"
import { saidOf } from "../../api/token-uris.ts"
import { useAnnouncement } from "../../api/use-announcement.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { useAskAgain } from "../../api/use-ask-again.ts"
import { AlertOverAll } from "../../ui/alert-over-all.tsx"
import { inert } from "../../ui/inert.ts"
import { findingsOf, lastOfEach } from "./health-words.ts"

/** Over every screen, until somebody has seen it: tokens that were checked by themselves and are not well. */
export function TokenAlert({ onShow }: { readonly onShow: () => void }) {
  const askAgain = useAskAgain()
  const [failing, setFailing] = useState(0)
  useAnnouncement("token-health", (announcement) => {
    if (announcement.failing > 0) setFailing(announcement.failing)
    askAgain("token.health.history")
  })
  if (failing === 0) return null
  return (
    <AlertOverAll
      title={failing === 1 ? "A token is not well" : `${failing} tokens are not well`}
      action="Show tokens"
      onAct={onShow}
      onDismiss={() => setFailing(0)}
    >
      <Failing />
    </AlertOverAll>
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
