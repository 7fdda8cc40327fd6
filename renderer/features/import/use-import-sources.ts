import { type RefObject, useRef, useState } from "react"
import type { Exportable } from "../../../preload/contract/values.ts"
import { ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"
import { type ImportSource, sourceOfFile, sourceOfText, withRequest } from "./import-source.ts"

/** Where the keys go, whether they may leave again, and how long they protect. */
export interface Destination {
  readonly keyring: string | null
  readonly exportable: Exportable | null
  /** How long what they protect must stay so; empty: nobody says. */
  readonly protectFor: string
}

export interface ImportSources {
  readonly all: readonly ImportSource[]
  readonly isRunning: boolean
  addFiles(files: readonly File[]): void
  /** What is in the field is one source, as long as there is something. */
  notePasted(isThere: boolean): void
  change(id: number, changes: Partial<ImportSource>): void
  remove(id: number): void
  recognise(source: ImportSource): Promise<void>
  /** Takes one after the other into the vault; each has its own result. */
  importAll(destination: Destination): Promise<void>
  /** Ends after the one that is being taken; what was taken stays. */
  cancel(): void
}

const pastedId = 0

/** The files that were dropped, and what was pasted: recognised as they come, then taken into the vault. */
export function useImportSources(pasted: RefObject<HTMLTextAreaElement | null>): ImportSources {
  const task = useTask()
  const [all, setAll] = useState<readonly ImportSource[]>([])
  const lastId = useRef(pastedId)
  const isCancelled = useRef(false)
  const change = (id: number, changes: Partial<ImportSource>) =>
    setAll((sources) => sources.map((source) => (source.id === id ? { ...source, ...changes } : source)))
  // Of two answers about one source, that to the newer question counts.
  const asked = useRef(new Map<number, symbol>())
  const settle = async (id: number, answer: () => Promise<Partial<ImportSource>>) => {
    const question = Symbol("question")
    asked.current.set(id, question)
    const changes = await answer()
    if (asked.current.get(id) === question) change(id, changes)
  }
  const recognise = (source: ImportSource) =>
    settle(source.id, async () => {
      try {
        return { found: await withRequest(source, (request) => ask("key.inspect", request)), failure: null }
      } catch (error) {
        return { found: null, failure: failureOf(error) }
      }
    })
  const take = (source: ImportSource, destination: Destination) =>
    settle(source.id, async () => {
      try {
        const where = present(destination)
        const send = { name: source.name.trim(), ...where }
        const imported = await withRequest(source, (request) => ask("key.import", { ...send, ...request }))
        // Until then it stays: whoever forgot the passphrase need not paste again.
        if (source.id === pastedId && pasted.current !== null) pasted.current.value = ""
        if (source.passphrase.current !== null) source.passphrase.current.value = ""
        return { imported, failure: null }
      } catch (error) {
        return { failure: failureOf(error) }
      }
    })
  return {
    all,
    isRunning: task.isRunning,
    addFiles(files) {
      const added = files.map((file) => sourceOfFile(++lastId.current, file))
      setAll((sources) => [...sources, ...added])
      for (const source of added) void recognise(source)
    },
    notePasted(isThere) {
      const others = all.filter(({ id }) => id !== pastedId)
      if (isThere === others.length < all.length) return
      setAll(isThere ? [...others, sourceOfText(pastedId, pasted)] : others)
    },
    change,
    remove: (id) => setAll((sources) => sources.filter((source) => source.id !== id)),
    recognise,
    async importAll(destination) {
      isCancelled.current = false
      await task.run(async () => {
        for (const source of all) {
          if (isCancelled.current) break
          if (source.imported === null) await take(source, destination)
        }
      })
    },
    cancel() {
      isCancelled.current = true
    },
  }
}

function present({ keyring, exportable, protectFor }: Destination) {
  return {
    ...(keyring === null ? {} : { keyring }),
    ...(exportable === null ? {} : { exportable }),
    ...(protectFor === "" ? {} : { protectFor }),
  }
}

function failureOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
