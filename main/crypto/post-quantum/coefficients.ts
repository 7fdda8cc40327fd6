/** The modulus of ML-KEM (FIPS 203, section 2.4). */
const modulus = 3329

/** Whether each 12-bit number of packed coefficients is below the modulus (FIPS 203, 7.2, the modulus check). */
export function areReduced(packed: Uint8Array): boolean {
  let largest = 0
  for (let at = 0; at + 2 < packed.length; at += 3) {
    const [first = 0, second = 0, third = 0] = packed.subarray(at, at + 3)
    largest = Math.max(largest, first | ((second & 0x0f) << 8), (second >> 4) | (third << 4))
  }
  return largest < modulus
}
