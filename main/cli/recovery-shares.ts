import { Secret } from "../domain/secret.ts"
import { VaultError } from "../domain/vault-error.ts"
import { systemFailure } from "../operations/system-failure.ts"
import type { Context } from "./context.ts"
import { type Field, path } from "./field.ts"
import { checkOutput, writeOutput } from "./output-file.ts"
import { showResult } from "./show-result.ts"

interface WithShares {
  readonly recoveryShares?: Uint8Array<ArrayBuffer>[] | undefined
}

interface ShownShares {
  readonly recoveryShares?: string[]
  /** The file that holds them instead. */
  readonly sharesOut?: string
}

const file = path("FILE", "write the recovery shares there, mode 0600, a line each, and show none")

/** Nothing, where `-` says that the answer is to hold them as it does anyhow. */
export const sharesOut: Field<string | undefined> = {
  ...file,
  read(given, name) {
    const out = file.read(given, name)
    return out === "-" ? undefined : out
  },
}

const lost =
  "what was asked for is done, but nobody has the recovery shares: make new ones with `claviger vault slot add --recovery`, then take the keyslot of the lost ones away with `claviger vault slot remove`"

/** @throws `USAGE` when none are made for the file that is to hold them */
export function requireShares(recovery: string | undefined, out: string | undefined): void {
  if (out !== undefined && recovery === undefined) throw new VaultError("USAGE", "--shares-out goes with --recovery")
}

/** Before shares are made, which can't be shown twice: makes sure that they can be brought where they belong. */
export async function makeWayForShares(context: Context, out: string | undefined): Promise<void> {
  if (out === undefined) return await context.proveOutput()
  checkOutput(context.vaultPath, out, false)
}

/** The answer with each share as its words, which is how a person keeps it, or with the file that has them; wipes the bytes. */
export function takeShares<Result extends WithShares>(
  context: Context,
  { recoveryShares, ...rest }: Result,
  out: string | undefined,
): Omit<Result, "recoveryShares"> & ShownShares {
  if (recoveryShares === undefined) return rest
  try {
    if (out !== undefined) return { ...rest, sharesOut: writeShares(recoveryShares, out) }
    context.warnOfSecret("--shares-out FILE keeps it out of sight")
    return { ...rest, recoveryShares: recoveryShares.map((share) => Buffer.from(share).toString("utf8")) }
  } finally {
    for (const share of recoveryShares) share.fill(0)
  }
}

function writeShares(shares: readonly Uint8Array[], out: string): string {
  using lines = Secret.ofSize(shares.reduce((size, { length }) => size + length + 1, 0))
  let at = 0
  for (const share of shares) {
    lines.bytes.set(share, at)
    lines.bytes[at + share.length] = 0x0a
    at += share.length + 1
  }
  try {
    return writeOutput(out, lines.bytes, false)
  } catch (error) {
    const { code } = error instanceof VaultError ? error : (systemFailure(error) ?? { code: "IO_ERROR" })
    throw new VaultError(code, lost)
  }
}

/** For `ifLost` of a command. */
export function lostShares({ recoveryShares }: ShownShares): string | undefined {
  return recoveryShares === undefined ? undefined : lost
}

/** The shares one on each line, so that they can be written down, or taken by `--shares-file`. */
export function showShares({ recoveryShares, ...rest }: ShownShares): string {
  if (recoveryShares === undefined) return showResult(rest)
  const warning = [
    "Recovery shares: whoever has enough of them opens this vault. They are shown only this once.",
    "Write each on its own sheet, and keep the sheets in different places.",
  ]
  return [showResult(rest), "", ...warning, "", ...recoveryShares].join("\n")
}
