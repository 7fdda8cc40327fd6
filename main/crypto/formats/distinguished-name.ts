import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { derTag } from "../asn1/der-tag.ts"
import { type DerValue, derElement, derObjectIdentifier, derSequence } from "../asn1/der-writer.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"

const maximumParts = 64

/** Of one value, in characters; what is longer ends in an ellipsis. */
const shownLength = 256

/** X.520's upper bound of a common name. */
const maximumCommonName = 64

/** RFC 4514, section 3, and two that it leaves as numbers. */
const attributeNames: Readonly<Record<string, string>> = {
  [objectIdentifier.commonName]: "CN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "STREET",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
}

/**
 * A Name (RFC 5280, 4.1.2.4) as text to be shown, in the form of RFC 4514. Whatever could lead a reader or a terminal astray is escaped: control
 * characters, those that change the direction of writing, and NUL.
 *
 * @throws INVALID_INPUT when it is not one
 */
export function nameText(der: Uint8Array): string {
  const sequence = DerReader.sequenceOf(der, "Name")
  const parts: string[] = []
  while (!sequence.atEnd) {
    if (parts.length === maximumParts) throw new VaultError("INVALID_INPUT", "Name: too many parts")
    parts.push(partText(sequence.constructed(derTag.set)))
  }
  return parts.reverse().join(",")
}

function partText(set: DerReader): string {
  const attributes: string[] = []
  do {
    const attribute = set.sequence()
    const type = attribute.objectIdentifier()
    attributes.push(`${attributeNames[type] ?? type}=${valueText(attribute.element())}`)
    attribute.end()
  } while (!set.atEnd && attributes.length < maximumParts)
  return attributes.join("+")
}

function valueText(element: Uint8Array): string {
  const text = decodedText(element)
  if (text === null) return `#${shortened(Buffer.from(element).toString("hex"))}`
  return escaped(shortened(text))
}

/** The text of a DirectoryString or IA5String, or null when it is something else or not well-formed. */
export function decodedText(element: Uint8Array): string | null {
  const [tag = 0] = element
  const content = new DerReader(element, "Name").content(tag)
  switch (tag) {
    case derTag.utf8String:
      return decoded("utf-8", content)
    case derTag.printableString:
    case derTag.ia5String:
    case derTag.teletexString:
      return Buffer.from(content).toString("latin1")
    case derTag.bmpString:
      return decoded("utf-16be", content)
    case derTag.universalString:
      return universalText(content)
    default:
      return null
  }
}

function decoded(encoding: string, content: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

function universalText(content: Uint8Array): string | null {
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  if (content.length % 4 !== 0) return null
  const codePoints = Array.from({ length: content.length / 4 }, (_, index) => view.getUint32(index * 4))
  return codePoints.every((each) => each <= 0x10ffff) ? String.fromCodePoint(...codePoints).toWellFormed() : null
}

function shortened(text: string): string {
  const characters = [...text.slice(0, shownLength * 2)]
  return characters.length > shownLength ? `${characters.slice(0, shownLength).join("")}…` : text
}

/** RFC 4514, 2.4; format and control characters and line separators as the hexadecimal of their UTF-8. */
function escaped(text: string): string {
  return text
    .replaceAll(/["+,;<>\\]/g, "\\$&")
    .replaceAll(/^[ #]| $/g, "\\$&")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
      Array.from(Buffer.from(character), (octet) => `\\${octet.toString(16).padStart(2, "0")}`).join(""),
    )
}

/** A Name of nothing but a common name, cut to the 64 characters that X.520 allows. */
export function commonName(text: string): DerValue {
  const value = derElement(derTag.utf8String, Buffer.from([...text].slice(0, maximumCommonName).join("")))
  return derSequence(derElement(derTag.set, derSequence(derObjectIdentifier(objectIdentifier.commonName), value)))
}
