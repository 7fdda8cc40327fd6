/** As OpenSSH draws a fingerprint (sshkey.c, `fingerprint_randomart`): a bishop walks, and marks where it has been. */
const symbols = " .o+=*BOX@%&#/^SE"
const width = 17
const height = 9

/**
 * @param bytes - the fingerprint itself, such as 32 bytes of SHA-256
 * @param title - of what, such as `ED25519 256`; cut to what fits
 */
export function randomart(bytes: Uint8Array, title: string, hash: string): string {
  const visits = walk(bytes)
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => symbols[visits[y * width + x] ?? 0] ?? " ").join(""),
  )
  return [frame(title), ...rows.map((row) => `|${row}|`), frame(hash)].join("\n")
}

/** How often each field was visited; start and end have the last two symbols. */
function walk(bytes: Uint8Array): number[] {
  const [start, end] = [symbols.length - 2, symbols.length - 1]
  const visits = Array.from({ length: width * height }, () => 0)
  let x = Math.floor(width / 2)
  let y = Math.floor(height / 2)
  for (const byte of bytes) {
    for (let shift = 0; shift < 8; shift += 2) {
      const step = byte >> shift
      x = Math.min(Math.max(x + (step & 1 ? 1 : -1), 0), width - 1)
      y = Math.min(Math.max(y + (step & 2 ? 1 : -1), 0), height - 1)
      const at = y * width + x
      const before = visits[at] ?? 0
      if (before < start - 1) visits[at] = before + 1
    }
  }
  visits[Math.floor(height / 2) * width + Math.floor(width / 2)] = start
  visits[y * width + x] = end
  return visits
}

function frame(text: string): string {
  const said = `[${text}]`.length > width ? "" : `[${text}]`
  const left = Math.floor((width - said.length) / 2)
  return `+${"-".repeat(left)}${said}${"-".repeat(width - left - said.length)}+`
}
