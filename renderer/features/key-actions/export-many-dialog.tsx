import { Text } from "@mantine/core"
import { useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { NotTypedAgain } from "../../api/reauthentication.ts"
import { FailureNotice } from "../../ui/failure-notice.tsx"
import { nameOf } from "../../ui/path-parts.ts"
import { count } from "./counted.ts"
import { ExportFields, mayLeave, useExportPlan } from "./export-choice.tsx"
import { chosenFolder } from "./export-dialog.tsx"
import { formatsFor } from "./export-formats.ts"
import { ManyDialog } from "./many-dialog.tsx"
import type { ManyProps } from "./many-props.ts"
import { useEachKey } from "./use-each-key.ts"
import { type WriteFile, writingFiles } from "./writing-files.ts"

/** Many keys into one folder, a file for each key and format; what is there already is not replaced. */
export function ExportManyDialog({ keys, onClose }: ManyProps) {
  const each = useEachKey()
  const plan = useExportPlan(keys)
  const [failure, setFailure] = useState<Error | null>(null)
  const { kind, chosen } = plan
  const fitting = (key: KeyObject) =>
    kind === null || !mayLeave(key, kind) ? [] : formatsFor(key, kind).filter(({ value }) => chosen.includes(value))
  const leftOut = new Map(
    keys.filter((key) => fitting(key).length === 0).map((key) => [key.id, whyLeftOut(key, plan.kind)]),
  )
  const leaving = keys.filter(({ id }) => !leftOut.has(id))
  const files = leaving.reduce((sum, key) => sum + fitting(key).length, 0)
  const act = () =>
    plan.withProtection(async (protection) => {
      const folder = await chosenFolder().catch((error: Error) => {
        setFailure(error)
        return null
      })
      if (folder === null) return
      setFailure(null)
      await writingFiles(protection, (write) => each.run(leaving, (key) => exported(key, folder, write)))
    })
  const exported = async (key: KeyObject, folder: string, write: WriteFile) => {
    try {
      const paths: string[] = []
      for (const { value: format } of fitting(key)) {
        paths.push(nameOf((await write({ name: key.name, format, folder })) ?? ""))
      }
      return paths.join(", ")
    } catch (error) {
      // Once is enough to be asked.
      if (error instanceof NotTypedAgain) each.cancel()
      throw error
    }
  }
  return (
    <ManyDialog
      title={`Export ${count(keys.length, "key")}`}
      action={`Choose a folder and export ${count(files, "file")}`}
      keys={keys}
      leftOut={leftOut}
      each={each}
      isDangerous={kind === "plaintext"}
      isReady={files > 0}
      onAct={() => void act()}
      onClose={onClose}
    >
      {plan.kinds.length === 0 ? (
        <Text size="sm">None of these keys has a public half, and their rule is that they never leave the vault.</Text>
      ) : (
        <>
          <Text size="sm">
            {count(leaving.length, "key")} of {keys.length} can leave so. Files that are there already are not replaced.
          </Text>
          <ExportFields plan={plan} />
        </>
      )}
      <FailureNotice failure={failure} />
    </ManyDialog>
  )
}

function whyLeftOut(key: KeyObject, kind: "public" | "encrypted" | "plaintext" | null): string {
  if (kind === null || mayLeave(key, kind)) return "none of the chosen formats fits it"
  return kind === "public" ? "it has no public half" : "its rule or state keeps it in the vault"
}
