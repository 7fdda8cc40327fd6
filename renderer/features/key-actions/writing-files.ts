import { ask, type RequestFor } from "../../api/ask.ts"
import { askingOnce } from "../../api/asking-once.ts"

/** What protects a private half on its way out, or that only the public one leaves. */
export type Protection = RequestFor<"window.export">["protection"] | { readonly kind: "public" }

/** Writes one file. @returns where it is, or `null` when no place was chosen */
export type WriteFile = (file: Omit<RequestFor<"window.export-public">, "version">) => Promise<string | null>

/** Writes the files of one export: what is private wants the passphrase again, and is asked for it once. */
export function writingFiles<Result>(
  protection: Protection,
  work: (write: WriteFile) => Promise<Result>,
): Promise<Result> {
  if (protection.kind === "public") return work(async (file) => (await ask("window.export-public", file)).path)
  return askingOnce((askProven) =>
    work(async (file) => (await askProven("window.export", { ...file, protection })).path),
  )
}
