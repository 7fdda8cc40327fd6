import { Group, Modal, Stack, Text } from "@mantine/core"
import { useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { CopyButton } from "../../ui/copy-button.tsx"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { QrCode } from "../../ui/qr-code.tsx"
import { type Account, AccountChoice, firstAccount } from "./account-choice.tsx"

/** For wallets that only watch: the account's extended public key, and its descriptor. */
export function AccountKeyDialog({ seed, onClose }: { readonly seed: SeedObject; readonly onClose: () => void }) {
  const [account, setAccount] = useState<Account>(firstAccount)
  const { data, error } = useAnswer("seed.xpub", { name: seed.name, ...account })
  const kind = data?.xpub.slice(0, 4) ?? "xpub"
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={`Account keys of ${seed.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack>
        <Text size="sm">
          A wallet that has one of these sees every address and every payment of the account, and can spend nothing.
        </Text>
        <AccountChoice value={account} onChange={setAccount} isForKeys />
        <FailureNotice failure={error} />
        {data !== undefined && (
          <Group wrap="nowrap" align="flex-start">
            <QrCode text={data.xpub} label={`QR code of the ${kind}`} size={220} />
            <Stack gap="sm" className="grows">
              <Line label="Path" text={data.path} />
              <Line label={`Extended public key (${kind})`} text={data.xpub} />
              {data.descriptor !== undefined && <Line label="Descriptor, both chains" text={data.descriptor} />}
              {data.receivingDescriptor !== undefined && (
                <Line label="Descriptor, receiving" text={data.receivingDescriptor} />
              )}
              {data.changeDescriptor !== undefined && <Line label="Descriptor, change" text={data.changeDescriptor} />}
            </Stack>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

function Line({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <section aria-label={label}>
      <Group gap={4}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <CopyButton label={`Copy: ${label}`} onCopy={() => ask("window.copy", { text })} />
      </Group>
      <code className="print">{text}</code>
    </section>
  )
}
