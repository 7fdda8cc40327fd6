const lineFeed = 0x0a
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Whether this is space, tab, carriage return or line feed. */
export function isWhitespace(character: number | undefined): boolean {
  return character === 0x20 || character === 0x09 || character === 0x0d || character === lineFeed
}

/** The same bytes without white space at either end: a view. */
export function trimmed(text: Uint8Array): Uint8Array {
  let start = 0
  let end = text.length
  while (start < end && isWhitespace(text[start])) start += 1
  while (end > start && isWhitespace(text[end - 1])) end -= 1
  return text.subarray(start, end)
}

/** The rule for every text format: one UTF-8 byte order mark at the start is dropped, and white space at either end. A view. */
export function normalisedText(file: Uint8Array): Uint8Array {
  const hasMark = byteOrderMark.every((octet, index) => file[index] === octet)
  return trimmed(hasMark ? file.subarray(byteOrderMark.length) : file)
}

/** The lines, each without white space at its ends and so without CR: views. Null when there are more than `maximum`. */
export function linesOf(text: Uint8Array, maximum: number): Uint8Array[] | null {
  const lines: Uint8Array[] = []
  let start = 0
  while (start < text.length) {
    if (lines.length === maximum) return null
    const found = text.indexOf(lineFeed, start)
    const end = found === -1 ? text.length : found
    lines.push(trimmed(text.subarray(start, end)))
    start = end + 1
  }
  return lines
}
