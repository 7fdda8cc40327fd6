import type { Attachment } from "../../domain/key.ts"
import { type CertificateParts, certificateAttachment, isSignedBy, readCertificate } from "./certificate.ts"
import type { Imported, ImportedKey, Warn } from "./imported-key.ts"

/** Longer than any chain in use. */
const maximumChainLength = 10

/** A certificate and the one that renews it, and then some. */
const maximumOfOneKey = 4

/** Signatures looked at for one file: a hostile one could ask for a great many. */
const maximumSignatures = 256

/** A certificate out of a file. */
export interface FoundCertificate {
  readonly der: Uint8Array
  /** what the file ties it to a key with, in hexadecimal */
  readonly localKeyId?: string | null
  /** what the file calls it */
  readonly name?: string | null
}

interface Certificate extends FoundCertificate {
  readonly parts: CertificateParts
  readonly attachment: Attachment
}

/**
 * Gives each key its certificates: the one of its own public key first, then those above it, each by whom the one before is signed. What the
 * file says of who belongs to whom only decides between several certificates of the same key. Those of no key are left out, with a warning.
 *
 * @param localKeyIdOf - what the file ties the key at this place to a certificate with
 */
export function attachCertificates(
  keys: readonly Imported[],
  found: readonly FoundCertificate[],
  warn: Warn,
  localKeyIdOf: (index: number) => string | null = () => null,
): Imported[] {
  const certificates = distinct(found.flatMap((each) => certificateOf(each, warn)))
  const issuers = new Issuers(certificates)
  const used = new Set<Certificate>()
  const attached = keys.map((key, index): Imported => {
    if ("refusal" in key) return key
    const own = certificatesOf(key, certificates, localKeyIdOf(index)).flatMap((leaf) => issuers.chainOf(leaf))
    for (const each of own) used.add(each)
    const attachments = [...new Set(own)].map(({ attachment }) => attachment)
    return { ...key, comment: key.comment ?? own[0]?.name ?? null, attachments: [...key.attachments, ...attachments] }
  })
  const foreign = certificates.length - used.size
  if (foreign > 0) warn(`certificates of no key in the file, which are left out: ${foreign}`)
  return attached
}

/** The same certificate often stands in a file twice; the one that is tied to a key counts. */
function distinct(certificates: readonly Certificate[]): Certificate[] {
  const byFingerprint = new Map<string, Certificate>()
  for (const each of certificates) {
    const { fingerprint } = each.attachment
    const known = byFingerprint.get(fingerprint)
    if (known === undefined || (known.localKeyId ?? null) === null) byFingerprint.set(fingerprint, each)
  }
  return [...byFingerprint.values()]
}

function certificateOf(found: FoundCertificate, warn: Warn): Certificate[] {
  try {
    return [{ ...found, parts: readCertificate(found.der), attachment: certificateAttachment(found.der) }]
  } catch {
    warn("a certificate that cannot be read, which is left out")
    return []
  }
}

function certificatesOf(
  { publicKey }: ImportedKey,
  certificates: readonly Certificate[],
  localKeyId: string | null,
): Certificate[] {
  const leaves = certificates.filter(({ parts }) => publicKey !== null && areEqual(parts.publicKey, publicKey))
  const isNamed = (each: Certificate): boolean => localKeyId !== null && each.localKeyId === localKeyId
  const ordered = [...leaves.filter(isNamed), ...leaves.filter((each) => !isNamed(each))]
  return ordered.slice(0, maximumOfOneKey)
}

/** Finds who signed what, among the certificates of a file. */
class Issuers {
  readonly #certificates: readonly Certificate[]
  #signaturesLeft = maximumSignatures

  constructor(certificates: readonly Certificate[]) {
    this.#certificates = certificates
  }

  /** From the leaf up to the last one whose issuer is not in the file, or that issued itself. */
  chainOf(leaf: Certificate): Certificate[] {
    const chain = [leaf]
    for (let last: Certificate | undefined = leaf; last !== undefined && chain.length < maximumChainLength; ) {
      last = this.#issuerOf(last, chain)
      if (last !== undefined) chain.push(last)
    }
    return chain
  }

  #issuerOf({ der, parts }: Certificate, chain: readonly Certificate[]): Certificate | undefined {
    if (areEqual(parts.subject, parts.issuer)) return undefined
    return this.#certificates.find(
      (each) => !chain.includes(each) && areEqual(each.parts.subject, parts.issuer) && this.#hasSigned(each, der),
    )
  }

  #hasSigned(issuer: Certificate, der: Uint8Array): boolean {
    this.#signaturesLeft -= 1
    return this.#signaturesLeft >= 0 && isSignedBy(der, issuer.der)
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
