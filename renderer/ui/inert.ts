const marks = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/**
 * A name from before such were refused: what breaks lines or changes the direction of writing is spelled out, as on the command line, so
 * that the name reads as what it is and nothing beside it reads otherwise. Joiners stay: letters and emoji need them.
 */
export function inert(text: string): string {
  return text.replace(marks, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** A name without what is refused in new ones. */
export function withoutMarks(text: string): string {
  return text.replace(marks, "")
}
