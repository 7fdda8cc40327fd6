import type { RefObject } from "react"

const lineFeed = 10

/** Reads a field of several lines as UTF-8 and empties it. The caller owns the bytes. */
export function takeLines(input: RefObject<HTMLTextAreaElement | null>): Uint8Array<ArrayBuffer> {
  const field = input.current
  if (field === null) return new Uint8Array()
  const bytes = new TextEncoder().encode(field.value)
  field.value = ""
  return bytes
}

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
