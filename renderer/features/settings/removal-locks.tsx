import { Button, Group, Stack, Text } from "@mantine/core"
import type { UsbIdentity } from "../../../preload/contract/usb-device.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { idOf, isSame, useRemovalLocks } from "../tokens/use-removal-locks.ts"

/** The devices whose removal locks the vault, plugged in or not; the screen of tokens is where they are chosen. */
export function RemovalLocks() {
  const locks = useRemovalLocks()
  return (
    <Stack gap={4} role="group" aria-label="When a device is removed">
      <Text size="sm">When one of these devices is removed</Text>
      {locks.chosen.length === 0 && (
        <Text size="sm" c="dimmed">
          None is chosen: Tokens has what is plugged in, under USB.
        </Text>
      )}
      {locks.chosen.map((device) => (
        <Group key={idOf(device)} justify="space-between" wrap="nowrap">
          <Text size="sm" className="breaks">
            <DeviceName device={device} /> <span className="is-quiet">{inert(idOf(device))}</span>
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-label={`Remove: ${inert(idOf(device))}`}
            onClick={() => locks.choose(device, false)}
          >
            Remove
          </Button>
        </Group>
      ))}
      <FailureNotice failure={locks.failure} />
    </Stack>
  )
}

/** Known while it is plugged in. */
function DeviceName({ device }: { readonly device: UsbIdentity }) {
  const { data } = useAnswer("token.usb", {})
  return data?.devices.find((each) => isSame(each, device))?.name ?? "A device that is not plugged in"
}
