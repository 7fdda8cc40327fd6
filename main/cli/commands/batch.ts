import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { type ArgsOf, argument, flag, integer, path } from "../field.ts"

export const batchFields = {
  file: argument(path("FILE", "one JSON command on each line; - or nothing is standard input")),
  stop: flag("end at the first line that fails, with its exit status"),
  commitEvery: integer(
    "N",
    "make N lines durable at once (for key generate and key import 1000, or what 100 ms bring; else 1)",
  ),
}

export type BatchArgs = ArgsOf<typeof batchFields>

/** Here for the help and the command tree; `run-batch.ts` runs it, and inside a batch it answers this. */
export const batchCommand = command({
  path: ["batch"],
  summary: "unlock once, then run one JSON command on each line; exit status 0 when every line was answered",
  example: "batch lines.jsonl",
  vault: "named",
  inBatch: "alone",
  fields: batchFields,
  run: () => Promise.reject(new VaultError("USAGE", "a batch can't hold a batch")),
})
