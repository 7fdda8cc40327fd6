/** Identifier octets of the few types key files use (ITU-T X.690 8.1.2). */
export const derTag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const

/** The context-specific tag [number]; a SEQUENCE or an explicit value is constructed, an implicit string is not. */
export function contextTag(number: number, form: "primitive" | "constructed"): number {
  return (form === "constructed" ? 0xa0 : 0x80) | number
}
