/** A token is text: its file ends with a line break. */
export function tokenFile(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(`${token}\n`))
}
