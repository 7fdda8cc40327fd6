import { Button, Group, Menu, Paper, Stack, Text, Title } from "@mantine/core"
import { type ComponentType, useState } from "react"
import type { SeedObject } from "../../../preload/contract/seed.ts"
import type { KeyState } from "../../../preload/contract/values.ts"
import { stateWords } from "../../api/key-words.ts"
import { inert } from "../../ui/inert.ts"
import { AccountKeyDialog } from "./account-key-dialog.tsx"
import { AddressesDialog } from "./addresses-dialog.tsx"
import { CheckCopyDialog } from "./check-copy-dialog.tsx"
import { ChildDialog } from "./child-dialog.tsx"
import { DestroySeedDialog } from "./destroy-seed-dialog.tsx"
import { ExportSeedDialog } from "./export-seed-dialog.tsx"
import { KeepSeedDialog } from "./keep-seed-dialog.tsx"
import { RevealDialog } from "./reveal-dialog.tsx"
import { RotateSeedDialog } from "./rotate-seed-dialog.tsx"
import { SplitDialog } from "./split-dialog.tsx"

interface Action {
  readonly label: string
  /** Where it is offered, unless wherever the seed is there and not waiting for its destruction. */
  readonly offeredFor?: (state: KeyState) => boolean
  readonly Dialog: ComponentType<{ readonly seed: SeedObject; readonly onClose: () => void }>
}

/** The public keys of its accounts stay when it is destroyed. */
const always = () => true
const whileWaiting = (state: KeyState) => state === "pending-destruction"
const whileThere = (state: KeyState) => state !== "destroyed"
const whileUsable = (state: KeyState) => whileThere(state) && !whileWaiting(state)

const often: readonly Action[] = [
  { label: "Check a written copy…", Dialog: CheckCopyDialog },
  { label: "Addresses…", Dialog: AddressesDialog, offeredFor: always },
  { label: "Reveal…", Dialog: RevealDialog },
  { label: "Keep…", Dialog: KeepSeedDialog, offeredFor: whileWaiting },
]

const seldom: readonly Action[] = [
  { label: "Split into cards…", Dialog: SplitDialog },
  { label: "Account keys…", Dialog: AccountKeyDialog, offeredFor: always },
  { label: "Child…", Dialog: ChildDialog },
  { label: "Export…", Dialog: ExportSeedDialog },
  { label: "Rotate…", Dialog: RotateSeedDialog },
  { label: "Destroy…", Dialog: DestroySeedDialog, offeredFor: whileThere },
]

export function SeedCard({ seed }: { readonly seed: SeedObject }) {
  const [action, setAction] = useState<Action | null>(null)
  const { name, fingerprint, words, version, state } = seed
  const says = state === "active" ? "" : `, ${stateWords[state].shape} ${stateWords[state].says}`
  const isOffered = ({ offeredFor = whileUsable }: Action) => offeredFor(state)
  return (
    <Paper withBorder p="md" component="article" aria-label={name}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h5" className="breaks">
            {inert(name)}
          </Title>
          <Text size="sm" c="dimmed">
            {words === undefined ? "no words" : `${words} words`}, master fingerprint <code>{fingerprint}</code>
            {version > 1 && `, version ${version}`}
            {says}
          </Text>
        </div>
        <Group gap={6}>
          {often.filter(isOffered).map((each) => (
            <Button key={each.label} size="xs" variant="default" onClick={() => setAction(each)}>
              {each.label}
            </Button>
          ))}
          <Menu position="bottom-end" returnFocus withInitialFocusPlaceholder={false} portalProps={{ target: "main" }}>
            <Menu.Target>
              <Button size="xs" variant="subtle" aria-label={`More for ${name}`}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {seldom.filter(isOffered).map((each) => (
                <Menu.Item key={each.label} onClick={() => setAction(each)}>
                  {each.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Stack>
      {action !== null && <action.Dialog seed={seed} onClose={() => setAction(null)} />}
    </Paper>
  )
}
