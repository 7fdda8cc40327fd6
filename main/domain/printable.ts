/**
 * Text from outside, made inert for a terminal: control characters (with them every escape sequence), invisible and
 * direction-changing ones and line separators are spelled out, `\u{1b}`.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
}
