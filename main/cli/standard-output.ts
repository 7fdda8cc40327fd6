/**
 * Writes all of it, waiting for a slow reader.
 * @returns false when the reader has gone away: nobody wants the rest, which is no error
 */
export function writeOut(content: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(content, (error) => {
      if (error === null || error === undefined) resolve(true)
      else if ("code" in error && error.code === "EPIPE") resolve(false)
      else reject(error)
    })
  })
}

/** An error of these streams shows twice: to whoever writes, and as an event that unheard would end the program. */
export function hearStreamErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}
