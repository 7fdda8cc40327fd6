import { Button, Group, Stack, Text } from "@mantine/core"
import type { ReactNode } from "react"
import type { UsbIdentity } from "../../../preload/contract/usb-device.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { idOf, tokenWithSerial } from "../tokens/token-words.ts"
import { isSame, useRemovalLocks, useTokenRemovalLocks } from "../tokens/use-removal-locks.ts"

/** The devices and tokens whose removal locks the vault, there or not; the screen of tokens is where they are chosen. */
export function RemovalLocks() {
  const devices = useRemovalLocks()
  const tokens = useTokenRemovalLocks()
  return (
    <Stack gap={4} role="group" aria-label="When a token or a device is removed">
      <Text size="sm">When one of these tokens or devices is removed</Text>
      {devices.chosen.length + tokens.chosen.length === 0 && (
        <Text size="sm" c="dimmed">
          None is chosen: Tokens has what is there, by token and under USB.
        </Text>
      )}
      {tokens.chosen.map((uri) => (
        <Chosen key={uri} id={tokenWithSerial(uri)} onTakeOff={() => tokens.takeOff(uri)}>
          The token <span className="is-quiet">{tokenWithSerial(uri)}</span>
        </Chosen>
      ))}
      {devices.chosen.map((device) => (
        <Chosen key={idOf(device)} id={inert(idOf(device))} onTakeOff={() => devices.choose(device, false)}>
          <DeviceName device={device} /> <span className="is-quiet">{inert(idOf(device))}</span>
        </Chosen>
      ))}
      <FailureNotice failure={devices.failure ?? tokens.failure} />
    </Stack>
  )
}

interface ChosenProps {
  readonly id: string
  readonly onTakeOff: () => void
  readonly children: ReactNode
}

function Chosen({ id, onTakeOff, children }: ChosenProps) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" className="breaks">
        {children}
      </Text>
      <Button variant="subtle" color="gray" size="compact-sm" aria-label={`Remove: ${id}`} onClick={onTakeOff}>
        Remove
      </Button>
    </Group>
  )
}

/** Known while it is plugged in. */
function DeviceName({ device }: { readonly device: UsbIdentity }) {
  const { data } = useAnswer("token.usb", {})
  return data?.devices.find((each) => isSame(each, device))?.name ?? "A device that is not plugged in"
}
