import { Button, Group, Text } from "@mantine/core"
import { useState } from "react"
import type { Keyring } from "../../../preload/contract/keyring.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import { isThere } from "../../api/token-uris.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { tokenName, tokenWithSerial } from "../tokens/token-words.ts"
import { WithdrawTokenDialog } from "./withdraw-token-dialog.tsx"

/** The tokens that hold a keyring, and whether each is there; the last one stays. */
export function KeyringHolders({ keyring }: { readonly keyring: Keyring }) {
  const { data } = useAnswer("token.list", {})
  const [withdrawn, setWithdrawn] = useState<Keyring["tokens"][number] | null>(null)
  return (
    <>
      {keyring.tokens.map((token) => (
        <Group key={token.id} justify="space-between" wrap="nowrap" role="group" aria-label={nameOf(token)}>
          <Text size="sm" className="breaks">
            Token {tokenWithSerial(token.uri)} <span className="is-quiet">{presence(token.uri, data?.tokens)}</span>
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

/** By word and shape. */
function presence(uri: string, tokens: readonly Token[] | undefined): string {
  if (tokens === undefined) return ""
  return isThere(uri, tokens) ? "● there" : "○ not there"
}
