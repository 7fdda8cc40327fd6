import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { type LatticeAlgorithm, latticeSets } from "../post-quantum/parameter-sets.ts"
import { encodeBase64 } from "./base64.ts"
import { concatenated } from "./concatenated.ts"
import { curves } from "./elliptic-curves.ts"
import { type PrivateKeyParts, type PublicKeyParts, seedIsUnknown } from "./key-parts.ts"
import { publicPartsOf } from "./public-key-of.ts"

/** A member in writing: text as it is, bytes as base64url. */
type Member = readonly [name: string, value: string | Uint8Array]

/** `alg` where one is registered (RFC 7518, 3.1 and 5.1); a key without it says what it is for nowhere. */
const symmetricNames: Readonly<Partial<Record<Algorithm, string>>> = {
  "aes-128": "A128GCM",
  "aes-192": "A192GCM",
  "aes-256": "A256GCM",
  "hmac-sha256": "HS256",
  "hmac-sha384": "HS384",
  "hmac-sha512": "HS512",
}

/**
 * The private JSON Web Key (RFC 7518, 6.2.2 and 6.3.2; RFC 8037, 2; RFC 9964, 3), one line of JSON as bytes. The caller wipes it.
 *
 * @throws INVALID_INPUT for an algorithm that no standard has a form for, and for ML-DSA without its seed
 */
export function privateJsonWebKey(parts: PrivateKeyParts, comment: string | null): Uint8Array<ArrayBuffer> {
  return writeObject([...publicMembers(publicPartsOf(parts)), ...privateMembers(parts), ...keyId(comment)])
}

/**
 * The public JSON Web Key (RFC 7518, 6.2.1 and 6.3.1; RFC 8037, 2; RFC 8812, 3.1; RFC 9964, 3), one line of JSON.
 *
 * @throws INVALID_INPUT for an algorithm that no standard has a form for
 */
export function publicJsonWebKey(parts: PublicKeyParts, comment: string | null): Uint8Array<ArrayBuffer> {
  return writeObject([...publicMembers(parts), ...keyId(comment)])
}

/** The JSON Web Key of a symmetric key (RFC 7518, 6.4), one line of JSON as bytes. The caller wipes it. */
export function symmetricJsonWebKey(
  algorithm: Algorithm,
  key: Uint8Array,
  comment: string | null,
): Uint8Array<ArrayBuffer> {
  const name = symmetricNames[algorithm]
  return writeObject([
    ["kty", "oct"],
    ...(name === undefined ? [] : [["alg", name] as const]),
    ["k", key],
    ...keyId(comment),
  ])
}

function publicMembers(parts: PublicKeyParts): Member[] {
  switch (parts.kind) {
    case "rsa":
      return [
        ["kty", "RSA"],
        ["n", parts.n],
        ["e", parts.e],
      ]
    case "ec": {
      const { jwkName, size } = curves[parts.curve]
      return [
        ["kty", "EC"],
        ["crv", jwkName],
        ["x", parts.publicPoint.subarray(1, 1 + size)],
        ["y", parts.publicPoint.subarray(1 + size)],
      ]
    }
    case "ed25519":
      return [
        ["kty", "OKP"],
        ["crv", "Ed25519"],
        ["x", parts.publicKey],
      ]
    case "x25519":
      return [
        ["kty", "OKP"],
        ["crv", "X25519"],
        ["x", parts.publicKey],
      ]
    case "lattice":
      return [
        ["kty", "AKP"],
        ["alg", akpName(parts.algorithm)],
        ["pub", parts.publicKey],
      ]
    case "slh-dsa":
      throw noStandardForm(parts.algorithm)
  }
}

function privateMembers(parts: PrivateKeyParts): Member[] {
  switch (parts.kind) {
    case "rsa":
      return (["d", "p", "q", "dp", "dq", "qi"] as const).map((name) => [name, parts[name]])
    case "ec":
      return [["d", parts.d]]
    case "ed25519":
    case "x25519":
      return [["d", parts.privateKey]]
    case "lattice":
      if (parts.seed === null) throw seedIsUnknown("jwk holds", parts.algorithm)
      return [["priv", parts.seed]]
    case "slh-dsa":
      throw noStandardForm(parts.algorithm)
  }
}

function akpName(algorithm: LatticeAlgorithm): string {
  const { jwkName } = latticeSets[algorithm]
  if (jwkName === null) throw noStandardForm(algorithm)
  return jwkName
}

/** RFC 9964 has ML-DSA alone; what drafts say of the others may still change. */
function noStandardForm(algorithm: Algorithm): VaultError {
  return new VaultError("INVALID_INPUT", `jwk has no form for a key of ${algorithm}: no standard defines one yet`)
}

function keyId(comment: string | null): Member[] {
  return comment === null ? [] : [["kid", comment]]
}

function writeObject(members: readonly Member[]): Uint8Array<ArrayBuffer> {
  using encoded = new DisposableStack()
  const parts = members.flatMap(([name, value], index) => [
    Buffer.from(`${index === 0 ? "{" : ","}"${name}":`),
    typeof value === "string" ? Buffer.from(JSON.stringify(value)) : quoted(value, encoded),
  ])
  return concatenated([...parts, Buffer.from("}\n")])
}

function quoted(value: Uint8Array, encoded: DisposableStack): Uint8Array {
  const quote = Buffer.from('"')
  const base64url = encoded.use(new Secret(encodeBase64(value, "base64url")))
  return encoded.use(new Secret(concatenated([quote, base64url.bytes, quote]))).bytes
}
