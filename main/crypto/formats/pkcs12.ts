import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { attachCertificates, type FoundCertificate } from "./certificate-chain.ts"
import { DerivationBudget } from "./derivation-budget.ts"
import {
  type Imported,
  importAll,
  importPrivateKey,
  type KeyReader,
  type ReadOptions,
  requirePassphrase,
  type Warn,
  wrongPassphrase,
} from "./imported-key.ts"
import { type KeySource, warningSource } from "./key-source.ts"
import { type PasswordForms, passwordForms } from "./password-forms.ts"
import type { Bag } from "./pkcs12-bags.ts"
import { type Pkcs12Mac, readPkcs12Mac } from "./pkcs12-mac.ts"
import { readBer, SafeOpener } from "./pkcs12-safes.ts"
import { decodePrivateKeyInfo } from "./private-key-info.ts"

const explicitTag = contextTag(0, "constructed")

/** Version 3, and a ContentInfo of PKCS #7: what no other key file has. */
const beginning = Buffer.from([derTag.integer, 1, 3, derTag.sequence])
const pkcs7 = Buffer.from("06092a864886f70d0107", "hex")

/**
 * Recognises PKCS #12 (RFC 7292), in DER or BER: PFX, version 3. All keys in it are read, each with its certificates.
 *
 * @throws nothing: what is wrong with it is told when it is read
 */
export function recognisePkcs12(file: Uint8Array): KeySource | null {
  const content = afterHeader(file)
  if (file[0] !== derTag.sequence || !startsWith(content, beginning)) return null
  if (!startsWith(afterHeader(content.subarray(3)), pkcs7)) return null
  return warningSource("pkcs12", (options, warn) => readPkcs12(file, options, warn))
}

/** What follows tag and length, in whatever form of BER the length is. */
function afterHeader(bytes: Uint8Array): Uint8Array {
  const length = bytes[1] ?? 0
  return bytes.subarray(length > 0x80 ? 2 + length - 0x80 : 2)
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, start.length), start) === 0
}

interface Pfx {
  readonly authenticatedSafe: Uint8Array
  readonly mac: Pkcs12Mac | null
}

const readPkcs12: KeyReader = async (file, options, warn) => {
  using owned = new DisposableStack()
  const { authenticatedSafe, mac } = readPfx(readBer(file, "PKCS#12", owned))
  const budget = new DerivationBudget()
  const forms = formsOf(options, owned)
  const openerFor = (some: PasswordForms, tell: Warn): SafeOpener => new SafeOpener(some, budget, tell, owned)
  try {
    if (mac === null) warn("the file has no MAC: nothing tells whether it was changed")
    else budget.spend(mac.cost)
    const proven = mac === null ? forms : await provenForms(mac, authenticatedSafe, forms)
    if (proven !== null) return await readKeys(authenticatedSafe, openerFor(proven, warn), warn)
    if (
      await opens(
        authenticatedSafe,
        openerFor(forms, () => {}),
      )
    ) {
      throw new VaultError("INVALID_INPUT", "PKCS#12: the passphrase is right, but the file was changed or is damaged")
    }
    throw wrongPassphrase()
  } catch (error) {
    // Not the empty passphrase, then.
    if (error instanceof VaultError && error.code === "WRONG_PASSPHRASE") requirePassphrase(options)
    throw error
  }
}

/** PFX (RFC 7292, section 4). */
function readPfx(pfx: DerReader): Pfx {
  pfx.smallInteger()
  const content = pfx.sequence()
  if (content.objectIdentifier() !== objectIdentifier.data) {
    throw new VaultError("INVALID_INPUT", "PKCS#12: a file that is signed instead of having a MAC is not supported")
  }
  const authenticatedSafe = content.constructed(explicitTag).octetString()
  content.end()
  const mac = pfx.atEnd ? null : readPkcs12Mac(pfx.sequence())
  pfx.end()
  return { authenticatedSafe, mac }
}

/** NSS has given PBKDF2 the BMPString. Without a passphrase there may be an empty one. */
function formsOf({ passphrase }: ReadOptions, owned: DisposableStack): PasswordForms {
  const { octets, bmp } = passwordForms(passphrase?.bytes ?? new Uint8Array(), owned)
  return { octets: [...octets, ...bmp], bmp }
}

/** The forms of the passphrase that fit the MAC; null when none does: the passphrase is wrong, or the file was changed. */
async function provenForms(mac: Pkcs12Mac, content: Uint8Array, forms: PasswordForms): Promise<PasswordForms | null> {
  for (const password of forms[mac.form]) {
    if (await mac.matches(content, password)) return mac.form === "bmp" ? { ...forms, bmp: [password] } : forms
  }
  return null
}

/** Whether there is something encrypted, and the passphrase decrypts it. */
async function opens(content: Uint8Array, opener: SafeOpener): Promise<boolean> {
  try {
    const bags = await opener.open(content)
    const shrouded = bags.find(({ kind }) => kind === "shrouded key")
    if (!opener.hasDecrypted && shrouded !== undefined) await opener.unshroud(shrouded.content)
    return opener.hasDecrypted
  } catch (error) {
    if (error instanceof VaultError) return opener.hasDecrypted
    throw error
  }
}

async function readKeys(content: Uint8Array, opener: SafeOpener, warn: Warn): Promise<Imported[]> {
  const bags = await opener.open(content)
  const ofKeys = bags.filter(({ kind }) => kind === "key" || kind === "shrouded key" || kind === "secret")
  if (ofKeys.length === 0) throw new VaultError("INVALID_INPUT", "PKCS#12: there is no private key in the file")
  if (bags.some(({ kind }) => kind === "other"))
    warn("something that is neither key nor certificate, which is left out")
  opener.reserve(ofKeys)
  const certificates = bags.flatMap((bag) => readCertificateBag(bag, warn))
  const keys = await importAll(
    ofKeys,
    async (bag) => [await readKey(bag, opener)],
    ({ attributes }) => attributes.friendlyName,
  )
  return attachCertificates(keys, certificates, warn, (index) => ofKeys[index]?.attributes.localKeyId ?? null)
}

/** Java gives a key a passphrase of its own, if asked to: that it does not open says nothing of the others. */
async function readKey({ kind, content, attributes }: Bag, opener: SafeOpener): Promise<Imported> {
  if (kind === "secret") throw new VaultError("INVALID_INPUT", "PKCS#12: a secret key is not supported")
  const info = kind === "key" ? content : await opener.unshroud(content)
  if (info !== null) return await importPrivateKey(decodePrivateKeyInfo(info).parts, attributes.friendlyName)
  if (!opener.hasDecrypted) throw wrongPassphrase()
  return {
    comment: attributes.friendlyName,
    refusal: new VaultError("WRONG_PASSPHRASE", "of a key in the file, which has one of its own"),
  }
}

/** CertBag (RFC 7292, section 4.2.3). */
function readCertificateBag({ kind, content, attributes }: Bag, warn: Warn): FoundCertificate[] {
  if (kind !== "certificate") return []
  const bag = DerReader.sequenceOf(content, "PKCS#12")
  if (bag.objectIdentifier() !== objectIdentifier.x509Certificate) {
    warn("a certificate that is not X.509, which is left out")
    return []
  }
  const der = bag.constructed(explicitTag).octetString()
  return [{ der, localKeyId: attributes.localKeyId, name: attributes.friendlyName }]
}
