const lineFeed = 10

/** The lines that are not empty, as views into the same bytes: wiping those wipes the lines. */
export function linesOf(text: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const lines: Uint8Array<ArrayBuffer>[] = []
  let start = 0
  for (let end = 0; end <= text.length; end += 1) {
    if (end < text.length && text[end] !== lineFeed) continue
    if (end > start) lines.push(text.subarray(start, end))
    start = end + 1
  }
  return lines
}
