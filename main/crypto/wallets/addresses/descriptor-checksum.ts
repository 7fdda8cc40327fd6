/** The characters that descriptors may have, in three groups of 32 (BIP-0380, "Character set"). */
const characters =
  "0123456789()[],'/*abcdefgh@:$%{}" + "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~" + 'ijklmnopqrstuvwxyzABCDEFGH`#"\\ '
const checksumCharacters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
const checksumLength = 8

/** The generator of the code (BIP-0380, "Checksum"): 40 bits, more than bitwise operators of numbers take. */
const generator = [0xf5dee51989n, 0xa9fdca3312n, 0x1bab10e32dn, 0x3706b1677an, 0x644d626ffdn]

/** The descriptor with `#` and its checksum. @throws Error when it has a character that descriptors may not have */
export function withChecksum(descriptor: string): string {
  const symbols = symbolsOf(descriptor)
  if (symbols === null) throw new Error("not a character of descriptors")
  const remainder = polymod([...symbols, ...Array<number>(checksumLength).fill(0)]) ^ 1n
  const checksum = Array.from({ length: checksumLength }, (_, index) => {
    return checksumCharacters[Number((remainder >> BigInt(5 * (checksumLength - 1 - index))) & 31n)]
  })
  return `${descriptor}#${checksum.join("")}`
}

/** Whether the text is a descriptor and ends with `#` and the right checksum. */
export function hasRightDescriptorChecksum(text: string): boolean {
  const [, descriptor = "", checksum = ""] = /^(.*)#([02-9ac-hj-np-z]{8})$/s.exec(text) ?? []
  const symbols = symbolsOf(descriptor)
  if (checksum === "" || symbols === null) return false
  return polymod([...symbols, ...[...checksum].map((character) => checksumCharacters.indexOf(character))]) === 1n
}

/** Each character by its place in its group, and after three of them, or what is left, one for their groups. */
function symbolsOf(text: string): number[] | null {
  const symbols: number[] = []
  let groups: number[] = []
  for (const character of text) {
    const value = characters.indexOf(character)
    if (value === -1) return null
    symbols.push(value & 31)
    groups.push(value >> 5)
    if (groups.length < 3) continue
    symbols.push(together(groups))
    groups = []
  }
  if (groups.length > 0) symbols.push(together(groups))
  return symbols
}

function together(groups: readonly number[]): number {
  return groups.reduce((number, group) => number * 3 + group, 0)
}

function polymod(symbols: readonly number[]): bigint {
  let checksum = 1n
  for (const symbol of symbols) {
    const top = checksum >> 35n
    checksum = ((checksum & 0x7ffffffffn) << 5n) ^ BigInt(symbol)
    for (const [bit, term] of generator.entries()) {
      if (((top >> BigInt(bit)) & 1n) === 1n) checksum ^= term
    }
  }
  return checksum
}
