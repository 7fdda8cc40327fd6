import { Button, Group, Modal, SegmentedControl, Stack, Table, Text } from "@mantine/core"
import { useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { QrCode } from "../../ui/qr-code.tsx"
import { type Account, AccountChoice, firstAccount } from "./account-choice.tsx"

type Address = AnswerTo<"seed.addresses">["addresses"][number]

const pageSize = 10

export function AddressesDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const [account, setAccount] = useState<Account>(firstAccount)
  const [chain, setChain] = useState("receiving")
  const [start, setStart] = useState(0)
  const [chosen, setChosen] = useState<string | null>(null)
  const hasChange = account.standard.startsWith("bip")
  const request = { ...account, start, count: pageSize, change: hasChange && chain === "change" }
  const { data, error } = useAnswer("seed.addresses", { name: seed.name, ...request })
  const shown = data?.addresses.find(({ path }) => path === chosen) ?? data?.addresses[0]
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`Addresses of ${seed.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <AccountChoice value={account} onChange={setAccount} />
        {hasChange && (
          <SegmentedControl
            aria-label="Which addresses"
            data={[
              { value: "receiving", label: "For receiving" },
              { value: "change", label: "For change" },
            ]}
            value={chain}
            onChange={setChain}
          />
        )}
        <FailureNotice failure={error} />
        {shown !== undefined && <ShownAddress address={shown} />}
        <AddressTable addresses={data?.addresses ?? []} onChoose={setChosen} />
        <Group justify="flex-end">
          <Button variant="default" disabled={start === 0} onClick={() => setStart(Math.max(0, start - pageSize))}>
            Back
          </Button>
          <Button variant="default" onClick={() => setStart(start + pageSize)}>
            The next {pageSize}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function ShownAddress({ address: { path, address } }: { readonly address: Address }) {
  return (
    <Group wrap="nowrap" align="center">
      <QrCode text={address} label={`QR code of the address ${path}`} />
      <Stack gap={4} className="grows">
        <Text size="sm" c="dimmed">
          Path <code>{path}</code>
        </Text>
        <Text className="print">{address}</Text>
        <Text size="xs" c="dimmed">
          Compare the first and the last characters on the device that pays.
        </Text>
      </Stack>
    </Group>
  )
}

interface AddressTableProps {
  readonly addresses: readonly Address[]
  readonly onChoose: (path: string) => void
}

function AddressTable({ addresses, onChoose }: AddressTableProps) {
  return (
    <Table verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Path</Table.Th>
          <Table.Th>Address</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {addresses.map(({ path, address }) => (
          <Table.Tr key={path}>
            <Table.Td className="keeps-line">
              <code>{path}</code>
            </Table.Td>
            <Table.Td>
              <Group gap={4} wrap="nowrap">
                <code className="print grows">{address}</code>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`QR code of ${path}`}
                  onClick={() => onChoose(path)}
                >
                  QR
                </Button>
                <CopyButton label={`Copy the address ${path}`} onCopy={() => ask("window.copy", { text: address })} />
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
