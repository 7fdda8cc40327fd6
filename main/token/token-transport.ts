import { constants, createPublicKey, publicEncrypt, randomBytes } from "node:crypto"
import pkcs11js, { type Handle, type PKCS11 } from "pkcs11js"
import type { TokenTransport } from "../domain/token-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { TokenAbilities } from "./token-abilities.ts"
import { callToken } from "./token-failure.ts"
import { oaepMechanism } from "./token-mechanisms.ts"
import { forgetObject, ObjectReader, publicKeyOf } from "./token-objects.ts"
import { transportKey, transportPair } from "./token-passing-templates.ts"
import type { TokenSession } from "./token-session.ts"
import type { Template } from "./token-templates.ts"

interface Transport extends TokenTransport {
  readonly privateKey: Handle
}

/** Of the modulus; it protects for as long as a session is. */
const bits = 2048

const hashes = { "rsa-oaep-sha256": "sha256", "rsa-oaep-sha1": "sha1" } as const

/**
 * By which secrets come into a token that nobody on the way may see, this process neither: a pair that the token makes for one
 * session, for nothing but unwrapping. Main encrypts to its public half, as CKM_RSA_AES_KEY_WRAP does (PKCS#11 3.0, 2.1.21): a
 * fresh AES key under RSA-OAEP, and the secret under that key by AES-KWP.
 */
export class TransportKeys {
  readonly #pkcs11: PKCS11
  readonly #pairs = new WeakMap<TokenSession, Transport>()

  constructor(pkcs11: PKCS11) {
    this.#pkcs11 = pkcs11
  }

  /** @throws `INVALID_INPUT`, `TOKEN_ERROR` when the token can't take in what is encrypted */
  begin(session: TokenSession): TokenTransport {
    TokenAbilities.inSession(this.#pkcs11, session.handle).keyWrapWithPadding()
    const pair = this.#pairs.get(session) ?? this.#makePair(session)
    this.#pairs.set(session, pair)
    return { publicKey: pair.publicKey, mechanism: pair.mechanism }
  }

  /** @param template - what it becomes @returns the object */
  bringIn(session: TokenSession, packed: Uint8Array, template: Template): Handle {
    const pair = this.#pairs.get(session)
    if (pair === undefined) throw new VaultError("TOKEN_ERROR", "it has forgotten the key that this was encrypted for")
    const kwp = TokenAbilities.inSession(this.#pkcs11, session.handle).keyWrapWithPadding()
    const [block, wrapped] = [packed.subarray(0, bits / 8), packed.subarray(bits / 8)]
    const key = callToken(() =>
      this.#unwrap(session, oaepMechanism(pair.mechanism), pair.privateKey, block, transportKey),
    )
    try {
      return callToken(() => this.#unwrap(session, { mechanism: kwp }, key, wrapped, template))
    } finally {
      forgetObject(this.#pkcs11, session.handle, key)
    }
  }

  #makePair(session: TokenSession): Transport {
    const mechanism = { mechanism: pkcs11js.CKM_RSA_PKCS_KEY_PAIR_GEN }
    const { publicKey, privateKey } = transportPair(bits)
    const made = callToken(() => this.#pkcs11.C_GenerateKeyPair(session.handle, mechanism, publicKey, privateKey))
    const spki = publicKeyOf(new ObjectReader(this.#pkcs11, session.handle, made.publicKey))
    if (spki === null) throw new VaultError("TOKEN_ERROR", "the public key that it gave can't be read")
    const pair = { publicKey: spki, privateKey: made.privateKey }
    return { ...pair, mechanism: this.#paddingOf(session, pair) }
  }

  /** Some know OAEP with SHA-1 only, which their list does not tell. */
  #paddingOf(session: TokenSession, pair: Omit<Transport, "mechanism">): Transport["mechanism"] {
    try {
      this.#try(session, pair, "rsa-oaep-sha256")
      return "rsa-oaep-sha256"
    } catch {
      callToken(() => this.#try(session, pair, "rsa-oaep-sha1"))
      return "rsa-oaep-sha1"
    }
  }

  #try(
    session: TokenSession,
    { publicKey, privateKey }: Omit<Transport, "mechanism">,
    mechanism: Transport["mechanism"],
  ): void {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" })
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashes[mechanism] }
    const block = publicEncrypt({ key, ...padding }, randomBytes(32))
    forgetObject(
      this.#pkcs11,
      session.handle,
      this.#unwrap(session, oaepMechanism(mechanism), privateKey, block, transportKey),
    )
  }

  #unwrap(
    session: TokenSession,
    mechanism: pkcs11js.Mechanism,
    key: Handle,
    wrapped: Uint8Array,
    template: Template,
  ): Handle {
    return this.#pkcs11.C_UnwrapKey(session.handle, mechanism, key, Buffer.from(wrapped), template)
  }
}
