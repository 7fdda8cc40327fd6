import { Group, Modal, Select, Stack, Table } from "@mantine/core"
import { useState } from "react"
import type { AddressStandard, SeedObject } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"

const standards: readonly { value: AddressStandard; label: string }[] = [
  { value: "bip84", label: "Bitcoin, native SegWit (BIP-84)" },
  { value: "bip86", label: "Bitcoin, Taproot (BIP-86)" },
  { value: "bip49", label: "Bitcoin, nested SegWit (BIP-49)" },
  { value: "bip44", label: "Bitcoin, legacy (BIP-44)" },
  { value: "eth", label: "Ethereum" },
  { value: "sol", label: "Solana" },
]

export function AddressesDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const [standard, setStandard] = useState<AddressStandard>("bip84")
  const { data, error } = useAnswer("seed.addresses", { name: seed.name, standard, count: 10 })
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`Addresses of ${seed.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Select
          label="Kind"
          data={[...standards]}
          value={standard}
          onChange={(value) => setStandard(standards.find((one) => one.value === value)?.value ?? "bip84")}
        />
        <FailureNotice failure={error} />
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Path</Table.Th>
              <Table.Th>Address</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.addresses.map(({ path, address }) => (
              <Table.Tr key={path}>
                <Table.Td>
                  <code>{path}</code>
                </Table.Td>
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    <code className="print">{address}</code>
                    <CopyButton
                      label={`Copy the address ${path}`}
                      onCopy={() => ask("window.copy", { text: address })}
                    />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Modal>
  )
}
