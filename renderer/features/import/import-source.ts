import type { KeyAlgorithm } from "../../../preload/contract/values.ts"
import type { AnswerTo } from "../../api/ask.ts"
import { withoutMarks } from "../../ui/inert.ts"

/** One file, or what was pasted, on its way into the vault. */
export interface ImportSource {
  readonly id: number
  readonly label: string
  /** The bytes, for whoever asks to wipe. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>
  /** Of the file; the page's state never has it. */
  readonly passphrase: { current: HTMLInputElement | null }
  readonly name: string
  /** What the bytes are, where the file does not say. */
  readonly algorithm: KeyAlgorithm | null
  /** What was recognised in it. */
  readonly found: AnswerTo<"key.inspect"> | null
  /** Why it was not recognised, or not taken. */
  readonly failure: Error | null
  readonly imported: AnswerTo<"key.import"> | null
}

const largestFile = 1024 * 1024
/** In code points. */
const longestName = 200

export function sourceOfFile(id: number, file: File): ImportSource {
  return newSource(id, file.name, nameAfter(file.name), async () => {
    if (file.size > largestFile) throw new Error("The file is larger than any key: 1 MiB is the most.")
    return new Uint8Array(await file.arrayBuffer().catch(unreadable))
  })
}

/** What the vault takes as a name: not what breaks lines or changes the direction of writing, nor more than it holds. */
export function nameAfter(fileName: string): string {
  const name = withoutMarks(fileName.replace(/[.][a-z0-9]{1,4}$/i, ""))
  return [...name].slice(0, longestName).join("")
}

/** @throws Error in words: the page's own is about "an operation that was processed" */
function unreadable(): never {
  throw new Error("The file can't be read. It may have been moved or changed meanwhile: choose it again.")
}

export function sourceOfText(id: number, field: { current: HTMLTextAreaElement | null }): ImportSource {
  return newSource(id, "What was pasted", "", async () => {
    const bytes = new TextEncoder().encode(field.current?.value ?? "")
    if (bytes.length === 0) throw new Error("There is nothing in the field any more.")
    return bytes
  })
}

function newSource(id: number, label: string, name: string, read: ImportSource["read"]): ImportSource {
  const nothingYet = { algorithm: null, found: null, failure: null, imported: null }
  return { id, label, name, read, passphrase: { current: null }, ...nothingYet }
}

/** Its bytes with what is needed to read them, for one request; both are wiped afterwards. */
export async function withRequest<Result>(
  { read, passphrase, algorithm }: ImportSource,
  send: (request: RequestOfSource) => Promise<Result>,
): Promise<Result> {
  const file = await read()
  const filePassphrase = new TextEncoder().encode(passphrase.current?.value ?? "")
  try {
    return await send({
      file,
      ...(filePassphrase.length === 0 ? {} : { filePassphrase }),
      ...(algorithm === null ? {} : { algorithm }),
    })
  } finally {
    file.fill(0)
    filePassphrase.fill(0)
  }
}

interface RequestOfSource {
  readonly file: Uint8Array<ArrayBuffer>
  readonly filePassphrase?: Uint8Array<ArrayBuffer>
  readonly algorithm?: KeyAlgorithm
}
