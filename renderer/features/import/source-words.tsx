import { Text } from "@mantine/core"
import type { Failure } from "../../../preload/contract/failure.ts"
import { algorithmWords, purposeWords } from "../../api/key-words.ts"
import { detailOf, inWindow, messageOf } from "../../api/words-of-window.ts"
import { inert } from "../../ui/inert.ts"
import type { ImportSource } from "./import-source.ts"

/** What a file is, key by key, and what became of it. */
export function SourceWords({ source }: { readonly source: ImportSource }) {
  const { label, found, imported } = source
  const format = imported?.format ?? found?.format
  return (
    <div className="import-words">
      <Text size="sm" fw={500} className="breaks">
        {inert(label)}
        {format !== undefined && (
          <Text span size="sm" c="dimmed">
            {" "}
            {format}
          </Text>
        )}
      </Text>
      {imported === null ? <FoundKeys source={source} /> : <TakenKeys imported={imported} />}
      {(imported ?? found)?.warnings.map((warning) => (
        <Warning key={warning} says={warning} />
      ))}
    </div>
  )
}

function FoundKeys({ source: { found } }: { readonly source: ImportSource }) {
  return found?.keys.map((key, index) => (
    <div key={key.ok ? `found ${index}` : `refused ${index}`}>
      {key.ok ? <FoundKey found={key} /> : <Refused {...key} />}
    </div>
  ))
}

type Found = NonNullable<ImportSource["found"]>["keys"][number]

function FoundKey({ found }: { readonly found: Extract<Found, { ok: true }> }) {
  const { comment, algorithm, purpose, fingerprint, warnings } = found
  return (
    <>
      <Text size="sm">
        {comment === null ? "" : `${inert(comment)}: `}
        {algorithmWords[algorithm]}, for {purposeWords[purpose]}
        {fingerprint !== null && <code className="print import-print"> {fingerprint}</code>}
      </Text>
      {warnings.map((warning) => (
        <Warning key={warning} says={warning} />
      ))}
    </>
  )
}

function TakenKeys({ imported }: { readonly imported: NonNullable<ImportSource["imported"]> }) {
  return imported.keys.map((one, index) => (
    <div key={one.ok ? one.key.id : `refused ${index}`}>
      {one.ok ? (
        <Text size="sm" role="status">
          ✓ <b>{one.key.name}</b>, {algorithmWords[one.key.algorithm]}: in the vault
        </Text>
      ) : (
        <Refused {...one} />
      )}
    </div>
  ))
}

interface RefusedProps {
  readonly comment: string | null
  readonly error: Failure
}

function Refused({ comment, error }: RefusedProps) {
  return (
    <Text size="sm" className="is-danger">
      ✕ {inert(comment ?? "A key")}: {messageOf(error)} {detailOf(error)}
    </Text>
  )
}

function Warning({ says }: { readonly says: string }) {
  return (
    <Text size="sm" className="import-warning">
      ⚠ {inWindow(says)}
    </Text>
  )
}
