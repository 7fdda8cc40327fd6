import { Badge, Stack, Switch, Table, Text } from "@mantine/core"
import type { LibraryState, UsbDevice, UsbIdentity, UsbKind } from "../../../preload/contract/usb-device.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { Card } from "../../ui/card.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { idOf } from "./token-words.ts"
import { isSame, useRemovalLocks } from "./use-removal-locks.ts"

const kinds: Readonly<Record<UsbKind, string>> = {
  token: "token",
  reader: "reader",
  wallet: "wallet",
  "security-key": "security key",
}

const states: Readonly<Record<LibraryState, string>> = {
  installed: "● its library is installed",
  refused: "▲ its library is refused",
  missing: "○ its library is missing",
}

/** What is plugged in that keys could be in, what it needs, and whether pulling it out locks the vault. */
export function UsbCard() {
  const { data, error } = useAnswer("token.usb", {})
  const locks = useRemovalLocks()
  const devices = data?.devices ?? []
  const away = locks.chosen.filter((chosen) => !devices.some((device) => isSame(device, chosen)))
  return (
    <Card title="USB" says="What is plugged in that keys could be in, whether or not its library is here.">
      <FailureNotice failure={error ?? locks.failure} />
      {data !== undefined && devices.length === 0 && <Text size="sm">Nothing of that kind is plugged in.</Text>}
      {data?.isWatched === false && (
        <Text size="sm">This machine does not tell when something is plugged in or pulled out.</Text>
      )}
      {devices.length + away.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing={6}>
            <Table.Tbody>
              {devices.map((device) => (
                <Table.Tr key={device.place}>
                  <DeviceCell device={device} />
                  <RemovalCell device={device} locks={locks} isWatched={data?.isWatched === true} />
                </Table.Tr>
              ))}
              {away.map((device) => (
                <Table.Tr key={idOf(device)}>
                  <Table.Td>
                    <Text size="sm">A device that is not plugged in</Text>
                    <Text size="xs" c="dimmed" className="breaks">
                      {idOf(device)}
                    </Text>
                  </Table.Td>
                  <RemovalCell device={device} locks={locks} isWatched />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  )
}

function DeviceCell({ device }: { readonly device: UsbDevice }) {
  const { name, kind, manufacturer, product, library, libraryState, install, explanation } = device
  return (
    <Table.Td>
      <Stack gap={2}>
        <Text size="sm" fw={500}>
          {name}{" "}
          <Badge variant="light" color="gray">
            {kinds[kind]}
          </Badge>
        </Text>
        <Text size="xs" c="dimmed" className="breaks">
          {[manufacturer, product, idOf(device)].filter((part) => part !== null).join(", ")}
        </Text>
        {libraryState !== null && (
          <Text size="sm">
            {states[libraryState]}: {library}
          </Text>
        )}
        {install !== null && <Text size="sm">Install {install}, then plug it in again.</Text>}
        {explanation !== null && <Text size="sm">{explanation}</Text>}
      </Stack>
    </Table.Td>
  )
}

interface RemovalCellProps {
  readonly device: UsbIdentity
  readonly locks: ReturnType<typeof useRemovalLocks>
  readonly isWatched: boolean
}

function RemovalCell({ device, locks, isWatched }: RemovalCellProps) {
  return (
    <Table.Td w={300}>
      <Switch
        label="Lock the vault when this is removed"
        disabled={!isWatched}
        checked={locks.isChosen(device)}
        onChange={(event) => locks.choose(device, event.currentTarget.checked)}
      />
    </Table.Td>
  )
}
