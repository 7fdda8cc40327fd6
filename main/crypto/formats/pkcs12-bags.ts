import { VaultError } from "../../domain/vault-error.ts"
import type { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { decodedText } from "./distinguished-name.ts"

/** Keys, certificates and all: more than a key file has. */
const maximumBags = 256
const maximumDepth = 4
const maximumNameLength = 1024
const maximumLocalKeyIdLength = 256

const explicitTag = contextTag(0, "constructed")

/** What a SafeBag says of its content. */
export interface BagAttributes {
  readonly friendlyName: string | null
  /** hexadecimal; the same on a key and on its certificate */
  readonly localKeyId: string | null
}

/** A SafeBag (RFC 7292, section 4.2); `content` is its value, undecoded. */
export interface Bag {
  readonly kind: "key" | "shrouded key" | "certificate" | "secret" | "other"
  readonly content: Uint8Array
  readonly attributes: BagAttributes
}

const kinds: Readonly<Record<string, Bag["kind"]>> = {
  [objectIdentifier.keyBag]: "key",
  [objectIdentifier.shroudedKeyBag]: "shrouded key",
  [objectIdentifier.certificateBag]: "certificate",
  [objectIdentifier.secretBag]: "secret",
}

/**
 * Reads the bags of SafeContents, those of nested ones as well, and puts them into `bags`.
 *
 * @throws INVALID_INPUT when it is not SafeContents, nested too deep, or has too many bags
 */
export function readBags(safeContents: DerReader, bags: Bag[], depth = 0): void {
  if (depth > maximumDepth) throw invalid("nested too deep")
  while (!safeContents.atEnd) {
    const bag = safeContents.sequence()
    const identifier = bag.objectIdentifier()
    const value = bag.constructed(explicitTag)
    if (identifier === objectIdentifier.safeContentsBag) {
      readBags(value.sequence(), bags, depth + 1)
      continue
    }
    if (bags.length === maximumBags) throw invalid(`more than ${maximumBags} keys and certificates`)
    const content = value.element()
    value.end()
    bags.push({ kind: kinds[identifier] ?? "other", content, attributes: readAttributes(bag) })
  }
}

function readAttributes(bag: DerReader): BagAttributes {
  let friendlyName: string | null = null
  let localKeyId: string | null = null
  const attributes = bag.atEnd ? null : bag.constructed(derTag.set)
  bag.end()
  while (attributes !== null && !attributes.atEnd) {
    const attribute = attributes.sequence()
    const identifier = attribute.objectIdentifier()
    const values = attribute.constructed(derTag.set)
    attribute.end()
    if (values.atEnd) continue
    if (identifier === objectIdentifier.friendlyName) friendlyName = readName(values.element())
    if (identifier === objectIdentifier.localKeyId) localKeyId = readLocalKeyId(values)
  }
  return { friendlyName, localKeyId }
}

/** A name that is no text, or endless, is dropped: it is a remark, not part of the key. */
function readName(element: Uint8Array): string | null {
  const text = decodedText(element)
  return text === null || text === "" || text.length > maximumNameLength ? null : text
}

function readLocalKeyId(values: DerReader): string | null {
  const octets = values.isNext(derTag.octetString) ? values.octetString() : null
  return octets === null || octets.length > maximumLocalKeyIdLength ? null : Buffer.from(octets).toString("hex")
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PKCS#12: ${reason}`)
}
