/**
 * Parses JSON that has one reading only: no member twice, no second spelling of a number or a string. Two programs
 * that read a document differently can be played against each other.
 * @throws SyntaxError
 */
export function requireUnambiguousJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (JSON.stringify(value) !== withoutSpace(text)) throw new SyntaxError("ambiguous JSON")
  return value
}

function withoutSpace(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|[ \t\r\n]+/g, (token) => (token.startsWith('"') ? token : ""))
}
