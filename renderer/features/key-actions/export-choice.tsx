import { Alert, Checkbox, SegmentedControl, SimpleGrid, Text } from "@mantine/core"
import { type RefObject, useRef, useState } from "react"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyFormat } from "../../../preload/contract/values.ts"
import { NewPassphrase } from "../../ui/new-passphrase.tsx"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"
import { type ExportKind, formatsFor, kindsFor } from "./export-formats.ts"
import type { Protection } from "./writing-files.ts"

export interface ExportPlan {
  readonly kind: ExportKind | null
  readonly kinds: readonly { readonly value: ExportKind; readonly label: string }[]
  readonly formats: readonly { readonly value: KeyFormat; readonly label: string }[]
  readonly chosen: readonly KeyFormat[]
  readonly problem: string | null
  readonly first: RefObject<HTMLInputElement | null>
  readonly again: RefObject<HTMLInputElement | null>
  setKind(kind: ExportKind | null): void
  setChosen(formats: readonly string[]): void
  /** Does the work with what protects it; the file's passphrase is wiped after it. Not at all when it was not typed twice alike. */
  withProtection(work: (protection: Protection) => Promise<unknown>): Promise<void>
}

/** What is to leave of these keys, and as what. */
export function useExportPlan(keys: readonly KeyObject[]): ExportPlan {
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const kinds = distinct(keys.flatMap(kindsFor))
  const [picked, setKind] = useState<ExportKind | null>(null)
  const kind = kinds.find(({ value }) => value === picked)?.value ?? kinds[0]?.value ?? null
  const formats =
    kind === null ? [] : distinct(keys.filter((key) => mayLeave(key, kind)).flatMap((key) => formatsFor(key, kind)))
  const [marked, setMarked] = useState<readonly string[] | null>(null)
  const usual = formats.slice(0, 1).map(({ value }) => value)
  const chosen = marked === null ? usual : formats.map(({ value }) => value).filter((value) => marked.includes(value))
  const [problem, setProblem] = useState<string | null>(null)
  return {
    kind,
    kinds,
    formats,
    chosen,
    problem,
    first,
    again,
    setKind(next) {
      setKind(next)
      setMarked(null)
    },
    setChosen: setMarked,
    async withProtection(work) {
      if (kind === null) return
      const isTwice = kind !== "encrypted" || isSameSecret(first, again)
      setProblem(isTwice ? null : "The two are not the same.")
      if (!isTwice) return
      const passphrase = takeSecret(first)
      takeSecret(again).fill(0)
      try {
        await work(protectionOf(kind, passphrase))
      } finally {
        passphrase.fill(0)
      }
    },
  }
}

export function mayLeave(key: KeyObject, kind: ExportKind): boolean {
  return kindsFor(key).some(({ value }) => value === kind)
}

function distinct<Value extends string>(choices: readonly { readonly value: Value; readonly label: string }[]) {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()]
}

function protectionOf(kind: ExportKind, passphrase: Uint8Array<ArrayBuffer>): Protection {
  if (kind === "public") return { kind }
  return kind === "encrypted" ? { kind, passphrase } : { kind, confirmed: true }
}

/** The fields of an export, of one key or of many. */
export function ExportFields({ plan }: { readonly plan: ExportPlan }) {
  const { kind, kinds, formats, chosen, first, again, problem } = plan
  return (
    <>
      <SegmentedControl
        aria-label="What is exported"
        data={[...kinds]}
        value={kind ?? ""}
        onChange={(picked) => plan.setKind(kinds.find((one) => one.value === picked)?.value ?? null)}
      />
      <Checkbox.Group label="Formats" description="A file for each" value={[...chosen]} onChange={plan.setChosen}>
        <SimpleGrid cols={2} spacing={6} mt={8}>
          {formats.map(({ value, label }) => (
            <Checkbox key={value} size="sm" value={value} label={label} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      {kind === "encrypted" && (
        <NewPassphrase first={first} again={again} error={problem} label="Passphrase of the file" />
      )}
      {kind === "plaintext" && (
        <Alert color="red" variant="light">
          <Text size="sm">Whoever reads the file has the key. Rules and log end where the file begins.</Text>
        </Alert>
      )}
    </>
  )
}
