import type { Secret } from "../../domain/secret.ts"
import type { Context } from "../context.ts"
import { path } from "../field.ts"
import { secretLines } from "../secret-input.ts"

export const sharesFile = path("FILE", "SLIP-39 shares, one on each line; - is standard input")

/** In bytes; sixteen shares of the longest kind are less. */
const largest = 64 * 1024

/** The shares in a file. The caller wipes them. */
export async function readShares(context: Context, file: string): Promise<Secret[]> {
  using content = await context.readInput(file, largest, "sharesFile")
  return secretLines(content)
}
