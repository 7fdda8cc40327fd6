import { VaultError } from "../domain/vault-error.ts"

/**
 * Writes all of it, waiting for a slow reader.
 * @returns false when the reader has gone away: nobody wants the rest, which is no error
 * @throws `DISK_FULL`, `IO_ERROR`
 */
export function writeOut(content: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(content, (error) => {
      if (error === null || error === undefined) resolve(true)
      else if ("code" in error && error.code === "EPIPE") resolve(false)
      else reject(refused(error))
    })
  })
}

/**
 * Writes an answer.
 * @param ifLost - what a person must know when nobody gets to see it, where that does harm
 * @throws as `writeOut`
 */
export async function writeAnswer(text: string, ifLost: string | undefined): Promise<boolean> {
  try {
    const isRead = await writeOut(text)
    if (isRead || ifLost === undefined) return isRead
  } catch (error) {
    if (error instanceof VaultError && ifLost !== undefined) throw new VaultError(error.code, ifLost)
    throw error
  }
  throw new VaultError("IO_ERROR", ifLost)
}

/** An error of these streams shows twice: to whoever writes, and as an event that unheard would end the program. */
export function hearStreamErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}

function refused(error: Error): VaultError {
  const isFull = "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")
  return new VaultError(
    isFull ? "DISK_FULL" : "IO_ERROR",
    "standard output takes no more; what was done by then stays done",
  )
}
