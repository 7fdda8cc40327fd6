import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { derOfBer } from "../asn1/ber.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { contextTag, derTag } from "../asn1/der-tag.ts"
import { objectIdentifier } from "../asn1/object-identifiers.ts"
import { concatenated } from "./concatenated.ts"
import type { DerivationBudget } from "./derivation-budget.ts"
import { isWholeSequence, readEncryptedKey } from "./encrypted-private-key-info.ts"
import { type Warn, wrongPassphrase } from "./imported-key.ts"
import { decryptWithAnyForm, type PasswordEncryption, readPasswordEncryption } from "./password-encryption.ts"
import type { PasswordForms } from "./password-forms.ts"
import { type Bag, readBags } from "./pkcs12-bags.ts"

const maximumSafes = 64

const explicitTag = contextTag(0, "constructed")
const implicitTag = contextTag(0, "primitive")

/** Opens the safes of one file with one passphrase. */
export class SafeOpener {
  readonly #forms: PasswordForms
  readonly #budget: DerivationBudget
  readonly #warn: Warn
  readonly #owned: DisposableStack
  #hasDecrypted = false

  /** @param owned - wipes what is decrypted */
  constructor(forms: PasswordForms, budget: DerivationBudget, warn: Warn, owned: DisposableStack) {
    this.#forms = forms
    this.#budget = budget
    this.#warn = warn
    this.#owned = owned
  }

  /** Whether something was encrypted, and the passphrase decrypted it. */
  get hasDecrypted(): boolean {
    return this.#hasDecrypted
  }

  /**
   * Opens the safes of an AuthenticatedSafe (RFC 7292, section 4.1) and gives all bags in them; those with keys may be shrouded still.
   *
   * @throws INVALID_INPUT when one is broken, or encrypted in a way that is not supported or costs too much; WRONG_PASSPHRASE
   */
  async open(authenticatedSafe: Uint8Array): Promise<Bag[]> {
    const bags: Bag[] = []
    // What all of them cost is known before the first is opened.
    for (const { encryption, content } of this.#readSafes(authenticatedSafe)) {
      const opened = encryption === null ? content : await this.#decrypt(encryption, content, isWholeBer)
      if (opened === null) throw wrongPassphrase()
      readBags(readBer(opened, "SafeContents", this.#owned), bags)
    }
    return bags
  }

  /**
   * Looks at what it costs to take the encryption off all keys, before the first.
   *
   * @throws INVALID_INPUT when it is too much; what else may be wrong with a key is told when it is read
   */
  reserve(bags: readonly Bag[]): void {
    for (const { kind, content } of bags) {
      if (kind === "shrouded key") this.#budget.spend(costOfKey(content))
    }
  }

  /**
   * Takes the encryption off a shrouded key.
   *
   * @returns PrivateKeyInfo in DER; null when the passphrase is wrong, which may be one of this key alone
   * @throws INVALID_INPUT when the bag is broken, or encrypted in a way that is not supported or costs too much
   */
  async unshroud(bag: Uint8Array): Promise<Uint8Array | null> {
    const { encryption, ciphertext } = readEncryptedKey(bag)
    return await this.#decrypt(encryption, ciphertext, isWholeSequence)
  }

  #readSafes(authenticatedSafe: Uint8Array): Safe[] {
    const reader = readBer(authenticatedSafe, "AuthenticatedSafe", this.#owned)
    const safes: Safe[] = []
    while (!reader.atEnd) {
      if (safes.length === maximumSafes) throw invalid(`more than ${maximumSafes} safes`)
      const safe = readSafe(reader.sequence())
      this.#budget.spend(safe.encryption?.cost ?? 0)
      safes.push(safe)
    }
    return safes
  }

  async #decrypt(
    encryption: PasswordEncryption,
    ciphertext: Uint8Array,
    isWhole: (plaintext: Uint8Array) => boolean,
  ): Promise<Uint8Array | null> {
    const decrypted = await decryptWithAnyForm(encryption, ciphertext, this.#forms, isWhole)
    if (decrypted === null) return null
    this.#hasDecrypted = true
    if (encryption.warning !== null) this.#warn(encryption.warning)
    return this.#owned.use(decrypted).bytes
  }
}

/** SafeContents, or their ciphertext. */
interface Safe {
  readonly encryption: PasswordEncryption | null
  readonly content: Uint8Array
}

/** ContentInfo (RFC 2315, section 7). */
function readSafe(reader: DerReader): Safe {
  const type = reader.objectIdentifier()
  const content = reader.constructed(explicitTag)
  reader.end()
  switch (type) {
    case objectIdentifier.data:
      return { encryption: null, content: content.octetString() }
    case objectIdentifier.encryptedData:
      return readEncryptedData(content.sequence())
    default:
      throw invalid("a safe that is encrypted to a public key is not supported")
  }
}

/** EncryptedData (RFC 2315, section 13). */
function readEncryptedData(data: DerReader): Safe {
  data.smallInteger()
  const info = data.sequence()
  info.objectIdentifier()
  return { encryption: readPasswordEncryption(info.sequence()), content: readCiphertext(info) }
}

function costOfKey(bag: Uint8Array): number {
  try {
    return readEncryptedKey(bag).encryption.cost
  } catch {
    return 0
  }
}

/** [0] IMPLICIT OCTET STRING; in BER it may be in pieces. */
function readCiphertext(info: DerReader): Uint8Array {
  if (info.isNext(implicitTag)) return info.content(implicitTag)
  const pieces = info.constructed(explicitTag)
  const parts: Uint8Array[] = []
  while (!pieces.atEnd) parts.push(pieces.octetString())
  return concatenated(parts)
}

/** A SEQUENCE in BER, as a reader of its DER. */
export function readBer(ber: Uint8Array, where: string, owned: DisposableStack): DerReader {
  return DerReader.sequenceOf(owned.use(new Secret(derOfBer(ber, where))).bytes, where)
}

function isWholeBer(plaintext: Uint8Array): boolean {
  if (plaintext[0] !== derTag.sequence) return false
  try {
    derOfBer(plaintext, "SafeContents").fill(0)
    return true
  } catch {
    return false
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `PKCS#12: ${reason}`)
}
