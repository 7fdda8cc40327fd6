import { Group, NumberInput, Select } from "@mantine/core"
import type { AddressStandard } from "../../../preload/contract/seed.ts"

const standards: readonly { value: AddressStandard; label: string }[] = [
  { value: "bip84", label: "Bitcoin, native SegWit (BIP-84)" },
  { value: "bip86", label: "Bitcoin, Taproot (BIP-86)" },
  { value: "bip49", label: "Bitcoin, nested SegWit (BIP-49)" },
  { value: "bip44", label: "Bitcoin, legacy (BIP-44)" },
  { value: "eth", label: "Ethereum" },
  { value: "sol", label: "Solana" },
]

export interface Account {
  readonly standard: AddressStandard
  readonly account: number
}

export const firstAccount: Account = { standard: "bip84", account: 0 }

interface AccountChoiceProps {
  readonly value: Account
  readonly onChange: (value: Account) => void
  /** Without those whose accounts have no extended public key. */
  readonly isForKeys?: boolean
}

/** Which wallet of a seed: the kind of its addresses, and the number of its account. */
export function AccountChoice({ value, onChange, isForKeys = false }: AccountChoiceProps) {
  return (
    <Group align="flex-end" wrap="nowrap">
      <Select
        label="Kind"
        className="grows"
        data={standards.filter((one) => !isForKeys || one.value !== "sol")}
        value={value.standard}
        allowDeselect={false}
        onChange={(picked) => {
          const standard = standards.find((one) => one.value === picked)?.value
          if (standard !== undefined) onChange({ ...value, standard })
        }}
      />
      <NumberInput
        label="Account"
        w={110}
        min={0}
        max={2 ** 31 - 1}
        allowDecimal={false}
        value={value.account}
        onChange={(account) => onChange({ ...value, account: Number(account) })}
      />
    </Group>
  )
}
