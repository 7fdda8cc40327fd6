import { Button, Group, Select, Stack, TextInput } from "@mantine/core"
import type { KeyAlgorithm } from "../../../preload/contract/values.ts"
import { algorithmWords } from "../../api/key-words.ts"
import { OperationFailed } from "../../api/operation-failed.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { inert } from "../../ui/inert.ts"
import { SecretField } from "../../ui/secret-field.tsx"
import type { ImportSource } from "./import-source.ts"
import { SourceWords } from "./source-words.tsx"

interface SourceRowProps {
  readonly source: ImportSource
  readonly isRunning: boolean
  readonly onChange: (changes: Partial<ImportSource>) => void
  readonly onRecognise: (source: ImportSource) => void
  readonly onRemove: () => void
}

/** Those whose keys may come as mere bytes. */
const bare: readonly KeyAlgorithm[] = [
  "secret",
  "aes-256",
  "aes-192",
  "aes-128",
  "chacha20-poly1305",
  "hmac-sha256",
  "hmac-sha384",
  "hmac-sha512",
  "ed25519",
  "x25519",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
]
const algorithms = bare.map((value) => ({ value, label: algorithmWords[value] }))

/** One file: what it is, what is wrong with it, and what it will be called. */
export function SourceRow({ source, isRunning, onChange, onRecognise, onRemove }: SourceRowProps) {
  const { label, name, found, failure, imported } = source
  const needs = needsOf(source)
  return (
    <fieldset className="import-source" aria-label={inert(label)}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <SourceWords source={source} />
        {imported === null && (
          <Button size="compact-xs" variant="subtle" color="gray" disabled={isRunning} onClick={onRemove}>
            Leave out
          </Button>
        )}
      </Group>
      {imported === null && (
        <Stack gap={6} mt={6}>
          <Group grow align="flex-start">
            <TextInput
              size="xs"
              label="Name in the vault"
              required
              value={name}
              onChange={(event) => onChange({ name: event.currentTarget.value })}
            />
            {needs.passphrase && (
              <SecretField
                label="Passphrase of the file"
                input={source.passphrase}
                size="xs"
                onLeave={() => onRecognise(source)}
              />
            )}
            {needs.algorithm && (
              <Select
                size="xs"
                label="What the bytes are"
                placeholder="the file does not say"
                data={algorithms}
                searchable
                value={source.algorithm}
                onChange={(value) => {
                  const algorithm = bare.find((one) => one === value) ?? null
                  onChange({ algorithm })
                  onRecognise({ ...source, algorithm })
                }}
              />
            )}
          </Group>
          <FailureNotice failure={found === null && needs.passphrase && !needs.wasTried ? null : failure} />
        </Stack>
      )}
    </fieldset>
  )
}

/** What the person has to say before the file can be read. */
function needsOf({ failure, found, passphrase, algorithm }: ImportSource) {
  const code = failure instanceof OperationFailed ? failure.failure.code : null
  const isEncrypted = failure instanceof OperationFailed && failure.failure.detail?.includes("is encrypted") === true
  const wasTried = code === "WRONG_PASSPHRASE"
  const isBare = failure instanceof OperationFailed && failure.failure.detail?.endsWith("need --algorithm") === true
  return {
    passphrase: isEncrypted || wasTried || (passphrase.current?.value ?? "") !== "",
    algorithm: algorithm !== null || (found === null && isBare),
    wasTried,
  }
}
