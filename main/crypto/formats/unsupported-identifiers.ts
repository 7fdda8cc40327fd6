/** What people may have, and no algorithm here is for, by object identifier. */
const names: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10040.4.1", "DSA"],
  ["1.2.840.113549.1.3.1", "Diffie-Hellman"],
  ["1.2.840.10046.2.1", "Diffie-Hellman"],
  ["1.3.101.111", "X448"],
  ["1.3.101.113", "Ed448"],
  ["1.2.840.10045.3.1.1", "P-192"],
  ["1.3.132.0.33", "P-224"],
  ["1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"],
  ["1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"],
  ["1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"],
])

/** An algorithm or curve that is refused, by its name, else by its object identifier, with which it can be looked up. */
export function unsupportedName(identifier: string): string {
  return names.get(identifier) ?? identifier
}
