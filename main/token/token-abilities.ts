import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import { type Algorithm, KeyAlgorithm, type Purpose } from "../../preload/contract/values.ts"
import { VaultError } from "../domain/vault-error.ts"
import { callToken } from "./token-failure.ts"
import {
  CKM_AES_KEY_WRAP_KWP,
  CKM_AES_KEY_WRAP_PAD,
  CKM_EDDSA,
  generationMechanism,
  macScheme,
} from "./token-mechanisms.ts"

const signing: readonly Purpose[] = ["signature", "authentication", "ssh", "certificate-authority"]

/** The mechanisms of which a key needs any one for its job; none where no token does it. */
function mechanismsFor(algorithm: Algorithm, purpose: Purpose): readonly number[] {
  const { CKM_RSA_PKCS_PSS, CKM_RSA_PKCS, CKM_ECDSA, CKM_AES_GCM, CKM_RSA_PKCS_OAEP, CKM_ECDH1_DERIVE } = pkcs11js
  const [kind = ""] = algorithm.split("-")
  if (signing.includes(purpose))
    return { rsa: [CKM_RSA_PKCS_PSS, CKM_RSA_PKCS], ec: [CKM_ECDSA], ed25519: [CKM_EDDSA] }[kind] ?? []
  if (purpose === "encryption") return { aes: [CKM_AES_GCM], rsa: [CKM_RSA_PKCS_OAEP] }[kind] ?? []
  if (purpose === "key-wrapping") return { aes: kwpMechanisms, rsa: [CKM_RSA_PKCS_OAEP] }[kind] ?? []
  if (purpose === "mac" && kind === "hmac") return [macScheme(algorithm).mechanism]
  return purpose === "key-agreement" && kind === "ec" ? [CKM_ECDH1_DERIVE] : []
}

/** AES key wrap with padding, by the name that is meant today first. */
const kwpMechanisms: readonly number[] = [CKM_AES_KEY_WRAP_KWP, CKM_AES_KEY_WRAP_PAD]

/** What a token lists. Not all that is listed works: a key is tried before anybody relies on it. */
export class TokenAbilities {
  readonly #pkcs11: PKCS11
  readonly #slot: Handle
  readonly #mechanisms: readonly number[]

  constructor(pkcs11: PKCS11, slot: Handle) {
    this.#pkcs11 = pkcs11
    this.#slot = slot
    this.#mechanisms = callToken(() => pkcs11.C_GetMechanismList(slot))
  }

  /** Of the token that a session is with. */
  static inSession(pkcs11: PKCS11, session: Handle): TokenAbilities {
    return new TokenAbilities(pkcs11, callToken(() => pkcs11.C_GetSessionInfo(session)).slotID)
  }

  /** @throws `INVALID_INPUT` that says what it makes instead */
  requireMakes(algorithm: Algorithm, purpose: Purpose): void {
    this.requireDoes(algorithm, purpose)
    if (this.#makes(algorithm)) return
    const made = this.#named((each) => this.#does(each, purpose) && this.#makes(each))
    throw new VaultError(
      "INVALID_INPUT",
      `algorithm: this token makes no keys of ${algorithm}; for ${purpose}: ${made}`,
    )
  }

  /** @throws `INVALID_INPUT` that says what does that job in it */
  requireDoes(algorithm: Algorithm, purpose: Purpose): void {
    if (this.#does(algorithm, purpose)) return
    const doing = this.#named((each) => this.#does(each, purpose) && this.#makes(each))
    throw new VaultError(
      "INVALID_INPUT",
      `purpose: in this token, keys of ${algorithm} don't serve ${purpose}; these do: ${doing}`,
    )
  }

  /** @throws `INVALID_INPUT` when it has none */
  keyWrapWithPadding(): number {
    const mechanism = kwpMechanisms.find((each) => this.#mechanisms.includes(each))
    if (mechanism === undefined)
      throw new VaultError("INVALID_INPUT", "token: it has no AES key wrap with padding (RFC 5649)")
    return mechanism
  }

  #named(fits: (algorithm: Algorithm) => boolean): string {
    return KeyAlgorithm.options.filter(fits).join(", ") || "none"
  }

  #does(algorithm: Algorithm, purpose: Purpose): boolean {
    return mechanismsFor(algorithm, purpose).some((mechanism) => this.#mechanisms.includes(mechanism))
  }

  #makes(algorithm: Algorithm): boolean {
    const mechanism = makingMechanism(algorithm)
    if (mechanism === null || !this.#mechanisms.includes(mechanism)) return false
    const bits = /^(?:rsa-|ec-p|ec-secp)([0-9]+)/.exec(algorithm)?.[1]
    if (bits === undefined) return true
    const { minKeySize, maxKeySize } = callToken(() => this.#pkcs11.C_GetMechanismInfo(this.#slot, mechanism))
    // Some libraries tell no sizes.
    return maxKeySize === 0 || (Number(bits) >= minKeySize && Number(bits) <= maxKeySize)
  }
}

function makingMechanism(algorithm: Algorithm): number | null {
  try {
    return generationMechanism(algorithm)
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}
