/** Each tag once, in the order in which SQLite gives text back (by UTF-8 bytes): the digest in the log depends on it. */
export function inOrder(tags: Iterable<string>): readonly string[] {
  return [...new Set(tags)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}
