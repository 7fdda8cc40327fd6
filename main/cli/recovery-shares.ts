import type { Context } from "./context.ts"
import { showResult } from "./show-result.ts"

interface WithShares {
  readonly recoveryShares?: Uint8Array[] | undefined
}

interface WithShareTexts {
  readonly recoveryShares?: string[]
}

/** The answer with each share as its words, which is how a person keeps it; wipes the bytes. */
export function takeShares<Result extends WithShares>(
  context: Context,
  { recoveryShares, ...rest }: Result,
): Omit<Result, "recoveryShares"> & WithShareTexts {
  if (recoveryShares === undefined) return rest
  context.warnOfSecret()
  const texts = recoveryShares.map((share) => Buffer.from(share).toString("utf8"))
  for (const share of recoveryShares) share.fill(0)
  return { ...rest, recoveryShares: texts }
}

/** The shares one on each line, so that they can be written down, or taken by `--shares-file`. */
export function showShares({ recoveryShares, ...rest }: WithShareTexts): string {
  if (recoveryShares === undefined) return showResult(rest)
  const warning = [
    "Recovery shares: whoever has enough of them opens this vault. They are shown only this once.",
    "Write each on its own sheet, and keep the sheets in different places.",
  ]
  return [showResult(rest), "", ...warning, "", ...recoveryShares].join("\n")
}
