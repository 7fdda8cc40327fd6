import { Button, Group, Stack, Text, Title } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { ask } from "../../api/ask.ts"
import { useAnswer } from "../../api/use-answer.ts"
import { usePages } from "../../api/use-pages.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { Scrolls } from "../../ui/scrolls.tsx"
import { capital, count } from "../key-actions/counted.ts"
import { RewrapDialog } from "../rotation/rewrap-dialog.tsx"
import { DataKeyLine } from "./data-key-line.tsx"
import { RegisterDataKeyDialog } from "./register-data-key-dialog.tsx"

/** Wrapped data keys that the vault knows of a key: they move with it when it rotates. */
export function RegisteredDataKeys({ value }: { readonly value: KeyObject }) {
  const { name, state, currentVersion } = value
  const { data, error } = useAnswer("key.datakeys", { name, limit: 1 })
  const [dialog, setDialog] = useState<"register" | "rewrap" | null>(null)
  const close = () => setDialog(null)
  const { all, toRewrap } = data?.counts ?? { all: 0, toRewrap: 0 }
  return (
    <section className="use-card" aria-label="Registered data keys">
      <Stack gap="xs">
        <Title order={3} size="h6">
          Registered data keys
        </Title>
        <FailureNotice failure={error} />
        <Text size="sm" c="dimmed" role="status">
          {data === undefined
            ? ""
            : all === 0
              ? "None: applications leave their wrapped data keys here, so that they move when this key rotates."
              : `${capital(count(all, "data key"))}${toRewrap === 0 ? `, all under version ${currentVersion}` : `, ${toRewrap} of them under another version than ${currentVersion}`}.`}
        </Text>
        {all > 0 && <DataKeyList name={name} currentVersion={currentVersion} />}
        <Group gap={6}>
          {toRewrap > 0 && state === "active" && (
            <Button size="xs" onClick={() => setDialog("rewrap")}>
              Rewrap data keys…
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setDialog("register")}>
            Register a data key…
          </Button>
        </Group>
      </Stack>
      {dialog === "register" && <RegisterDataKeyDialog name={name} onClose={close} />}
      {dialog === "rewrap" && <RewrapDialog name={name} version={currentVersion} left={toRewrap} onClose={close} />}
    </section>
  )
}

function DataKeyList({ name, currentVersion }: Pick<KeyObject, "name" | "currentVersion">) {
  const pages = usePages(["key.datakeys", name, "pages"], async ({ limit, cursor: after }) => {
    const { dataKeys } = await ask("key.datakeys", { name, limit, ...(after === undefined ? {} : { after }) })
    return { items: dataKeys, next: dataKeys.length < limit ? undefined : dataKeys.at(-1)?.label }
  })
  return (
    <>
      <FailureNotice failure={pages.failure} />
      <Scrolls label="Labels" className="data-keys">
        <ul className="plain-list">
          {pages.items.map((dataKey) => (
            <DataKeyLine key={dataKey.label} name={name} dataKey={dataKey} currentVersion={currentVersion} />
          ))}
        </ul>
        {pages.hasMore && (
          <Button size="compact-xs" variant="subtle" onClick={pages.loadMore}>
            Show more
          </Button>
        )}
      </Scrolls>
    </>
  )
}
