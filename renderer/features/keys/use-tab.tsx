import { Stack, Text } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { stateWords } from "../../api/key-words.ts"
import { DataKeyCard } from "./data-key-card.tsx"
import { DecryptCard, EncryptCard } from "./encrypt-cards.tsx"
import { RegisteredDataKeys } from "./registered-data-keys.tsx"
import { SignCard, VerifyCard } from "./sign-cards.tsx"

/** What this key may do, by its purpose: done here, with what came of it in place. */
export function UseTab({ value }: { readonly value: KeyObject }) {
  const { name, usages, state, algorithm } = value
  const may = (...these: readonly (typeof usages)[number][]) => these.some((usage) => usages.includes(usage))
  const isMac = may("mac")
  const takesText = algorithm !== "x25519"
  const isWorking = state === "active"
  const wantsReason = value.versions.some((version) => version.state === "compromised")
  const isThere = state !== "destroyed"
  const doesAnything = may("sign", "verify", "encrypt", "decrypt", "wrap", "mac")
  return (
    <Stack gap="md">
      {!isWorking && (
        <Text size="sm">
          The key is {stateWords[state].says}: it makes nothing new
          {isThere ? ", and may still open or verify what it made." : "."}
        </Text>
      )}
      {isWorking && may("sign", "mac") && <SignCard name={name} isMac={isMac} />}
      {isThere && may("verify") && <VerifyCard name={name} isMac={isMac} wantsReason={wantsReason} />}
      {isWorking && may("encrypt") && <EncryptCard name={name} takesText={takesText} />}
      {isThere && may("decrypt") && <DecryptCard name={name} takesText={takesText} wantsReason={wantsReason} />}
      {isWorking && takesText && may("encrypt", "wrap") && <DataKeyCard name={name} />}
      {isThere && takesText && may("encrypt", "wrap", "decrypt", "unwrap") && <RegisteredDataKeys value={value} />}
      {!doesAnything && <Text size="sm">{elsewhere(value)}</Text>}
    </Stack>
  )
}

function elsewhere({ purpose }: KeyObject): string {
  if (purpose === "wallet") return "A wallet's addresses are under Seeds."
  if (purpose === "secret") return "A secret text is copied to the clipboard or exported: it has no other use."
  return "This key agrees on secrets with other sides: the command line's `key derive` does that."
}
