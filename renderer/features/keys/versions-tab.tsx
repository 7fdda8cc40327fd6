import { Stack, Text, Timeline } from "@mantine/core"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { asDateAndTime, isPast } from "../../ui/time.ts"
import { SaveCertificate } from "../key-actions/save-certificate.tsx"
import { StateBadge } from "./state-badge.tsx"

/** Every version, the newest first; where old ones still decrypt, until when. */
export function VersionsTab({ value }: { readonly value: KeyObject }) {
  const newestFirst = value.versions.toSorted((one, other) => other.version - one.version)
  const position = newestFirst.findIndex(({ version }) => version === value.currentVersion)
  return (
    <Timeline active={newestFirst.length - 1 - position} reverseActive bulletSize={14} lineWidth={2}>
      {newestFirst.map(({ version, state, createdAt, decryptOnlyUntil, destroyedAt, fingerprint, kcv }) => (
        <Timeline.Item
          key={version}
          title={version === value.currentVersion ? `Version ${version}, current` : `Version ${version}`}
        >
          <Stack gap={4} align="flex-start">
            <StateBadge state={state} />
            <Text size="xs" c="dimmed">
              made {asDateAndTime(createdAt)}
            </Text>
            {decryptOnlyUntil !== undefined && (
              <Text size="xs" c="dimmed">
                {isPast(decryptOnlyUntil) ? "decrypted and verified" : "still decrypts and verifies"} until{" "}
                {asDateAndTime(decryptOnlyUntil)}
              </Text>
            )}
            {destroyedAt !== undefined && (
              <Text size="xs" c="dimmed">
                destroyed {asDateAndTime(destroyedAt)}
              </Text>
            )}
            {destroyedAt !== undefined && <SaveCertificate name={value.name} version={version} />}
            {fingerprint !== null && (
              <Text size="xs" c="dimmed">
                Fingerprint (SPKI)
              </Text>
            )}
            <code className="print">{fingerprint ?? kcv ?? ""}</code>
          </Stack>
        </Timeline.Item>
      ))}
    </Timeline>
  )
}
