import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { presenceOf, tokenName, tokenWithSerial } from "../tokens/token-words.ts"
import { WithdrawTokenDialog } from "./withdraw-token-dialog.tsx"

/** The tokens that hold a keyring, and whether each is there; the last one stays. */
export function KeyringHolders({ keyring }: { readonly keyring: Keyring }) {
  const { data } = useAnswer("token.list", {})
  const [withdrawn, setWithdrawn] = useState<Keyring["tokens"][number] | null>(null)
  return (
    <>
      {keyring.tokens.map((token) => (
        <Group key={token.id} pl="md" justify="space-between" wrap="nowrap" role="group" aria-label={nameOf(token)}>
          <Text size="sm" className="breaks">
            Token {tokenWithSerial(token.uri)} <span className="is-quiet">{presenceOf(token.uri, data?.tokens)}</span>
          </Text>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={keyring.tokens.length < 2}
            aria-label={`Withdraw: ${nameOf(token)}`}
            onClick={() => setWithdrawn(token)}
          >
            Withdraw…
          </Button>
        </Group>
      ))}
      {withdrawn !== null && (
        <WithdrawTokenDialog keyring={keyring} token={withdrawn} onClose={() => setWithdrawn(null)} />
      )}
    </>
  )
}

function nameOf({ uri }: Keyring["tokens"][number]): string {
  return `Token ${tokenName(uri)}`
}
