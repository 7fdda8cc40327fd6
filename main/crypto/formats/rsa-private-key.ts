import { VaultError } from "../../domain/vault-error.ts"
import { DerReader } from "../asn1/der-reader.ts"
import { type DerValue, derSequence, derSmallInteger, derUnsignedInteger } from "../asn1/der-writer.ts"
import type { RsaPrivateParts } from "./key-parts.ts"

/**
 * Reads an RSAPrivateKey (PKCS#1; RFC 8017, A.1.2) of two primes. The numbers are views of `der` and are not checked against each other.
 *
 * @throws INVALID_INPUT when it is not one, or has more than two primes
 */
export function decodeRsaPrivateKey(der: Uint8Array): RsaPrivateParts {
  const reader = DerReader.sequenceOf(der, "RSAPrivateKey")
  const version = reader.smallInteger()
  if (version === 1) throw new VaultError("INVALID_INPUT", "RSAPrivateKey: more than two primes are not supported")
  if (version !== 0) throw new VaultError("INVALID_INPUT", "RSAPrivateKey: version")
  const parts: RsaPrivateParts = {
    kind: "rsa",
    n: reader.unsignedInteger(),
    e: reader.unsignedInteger(),
    d: reader.unsignedInteger(),
    p: reader.unsignedInteger(),
    q: reader.unsignedInteger(),
    dp: reader.unsignedInteger(),
    dq: reader.unsignedInteger(),
    qi: reader.unsignedInteger(),
  }
  reader.end()
  return parts
}

/** The RSAPrivateKey structure (RFC 8017, A.1.2), version 0: two primes. */
export function rsaPrivateKey({ n, e, d, p, q, dp, dq, qi }: RsaPrivateParts): DerValue {
  return derSequence(derSmallInteger(0), ...[n, e, d, p, q, dp, dq, qi].map(derUnsignedInteger))
}
