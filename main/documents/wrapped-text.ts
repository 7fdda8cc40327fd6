/**
 * Text in lines that fit: broken between words, and inside of one that is too long for any line.
 * @param measure - how wide a text is
 */
export function wrapped(text: string, room: number, measure: (text: string) => number): string[] {
  if (measure(text) <= room) return [text]
  const lines: string[] = []
  let line = ""
  for (const word of text.split(" ").flatMap((one) => pieces(one, room, measure))) {
    const longer = line === "" ? word : `${line} ${word}`
    if (measure(longer) <= room) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** A word in pieces of which each fits. */
function pieces(word: string, room: number, measure: (text: string) => number): string[] {
  if (measure(word) <= room) return [word]
  const found: string[] = []
  let piece = ""
  for (const character of word) {
    if (piece !== "" && measure(piece + character) > room) {
      found.push(piece)
      piece = ""
    }
    piece += character
  }
  return [...found, piece]
}
