import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { TokenHealth } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Facts } from "../../ui/facts.tsx"
import { asDateAndTime } from "../../ui/time.ts"
import { outcomeWords } from "./health-words.ts"
import { RemovalSwitch } from "./removal-switch.tsx"
import { SetUpTokenDialog } from "./set-up-token-dialog.tsx"
import { TokenHealthDialog } from "./token-health-dialog.tsx"
import { TokenObjectsDialog } from "./token-objects-dialog.tsx"
import { TokenPinDialog } from "./token-pin-dialog.tsx"
import { makeOf, pinState, titleOf } from "./token-words.ts"

type DialogName = "set-up" | "change-pin" | "new-pin" | "objects" | "health"

/** One token as it describes itself, and what can be done with it. */
export function TokenCard({ token }: { readonly token: Token }) {
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const close = () => setDialog(null)
  const title = titleOf(token)
  return (
    <Paper withBorder p="md" component="article" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div className="grows">
            <Title order={2} size="h5" className="breaks">
              {title}
            </Title>
            <Text size="sm" c="dimmed" className="breaks">
              {makeOf(token)}
            </Text>
          </div>
          <Badge variant="light" color={token.isHardware ? "claviger" : "gray"}>
            {token.isHardware ? "device" : "software"}
          </Badge>
        </Group>
        <TokenFacts token={token} />
        {token.isInitialised && <RemovalSwitch token={token} />}
        <Group gap={6}>
          {token.isInitialised ? (
            <>
              <Action says="What is in it…" onClick={() => setDialog("objects")} />
              <Action says="Health…" onClick={() => setDialog("health")} />
              <Action says="Change PIN…" isOff={token.userPin === "unset"} onClick={() => setDialog("change-pin")} />
              <Action
                says={token.userPin === "unset" ? "Choose a PIN…" : "New PIN by the SO…"}
                onClick={() => setDialog("new-pin")}
              />
              <Action says="Erase…" onClick={() => setDialog("set-up")} />
            </>
          ) : (
            <Button size="xs" onClick={() => setDialog("set-up")}>
              Set it up…
            </Button>
          )}
        </Group>
      </Stack>
      {dialog === "set-up" && <SetUpTokenDialog token={token} onClose={close} />}
      {dialog === "health" && <TokenHealthDialog token={token} onClose={close} />}
      {dialog === "objects" && <TokenObjectsDialog token={token} onClose={close} />}
      {(dialog === "change-pin" || dialog === "new-pin") && (
        <TokenPinDialog token={token} isBySo={dialog === "new-pin"} onClose={close} />
      )}
    </Paper>
  )
}

interface ActionProps {
  readonly says: string
  readonly isOff?: boolean
  readonly onClick: () => void
}

function Action({ says, isOff = false, onClick }: ActionProps) {
  return (
    <Button size="xs" variant="default" disabled={isOff} onClick={onClick}>
      {says}
    </Button>
  )
}

function TokenFacts({ token }: { readonly token: Token }) {
  const [last] = useAnswer("token.health.history", { uri: token.uri, limit: 50 }).data?.reports ?? []
  const {
    isInitialised,
    serial,
    firmwareVersion,
    mustChangePin,
    hasPinPad,
    freeMemory,
    slot,
    mechanisms,
    uri,
    isWriteProtected,
  } = token
  return (
    <Facts
      facts={[
        ["Serial number", serial === "" ? "none" : serial],
        ["Firmware", firmwareVersion],
        ...(isInitialised ? [["Health", healthOf(last)] as const] : []),
        ["Reader", <Broken key="slot" text={slot} />],
        ...(isInitialised
          ? [
              ["PIN", pinState(token, "user")] as const,
              ["SO PIN", pinState(token, "so")] as const,
              ...(mustChangePin ? [["Change", "▲ the token wants a PIN changed before it does more"] as const] : []),
              ...(hasPinPad
                ? [["Typed", "the PIN on the reader itself, where the field for it is left empty"] as const]
                : []),
            ]
          : []),
        ...(freeMemory === null ? [] : [["Free memory", `${Math.floor(freeMemory / 1024)} KiB`] as const]),
        ...(isWriteProtected ? [["Writing", "the token is write-protected"] as const] : []),
        ["Mechanisms", `${mechanisms.length}`],
        ["URI", <Broken key="uri" text={uri} />],
      ]}
    />
  )
}

function healthOf(last: TokenHealth | undefined): string {
  return last === undefined ? "nobody has looked yet" : `${outcomeWords[last.outcome]}, ${asDateAndTime(last.at)}`
}

function Broken({ text }: { readonly text: string }) {
  return <span className="breaks">{text}</span>
}
