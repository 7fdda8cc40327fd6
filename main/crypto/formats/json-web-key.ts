import type { Algorithm } from "../../../preload/contract/values.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { latticeAlgorithms, latticeSets } from "../post-quantum/parameter-sets.ts"
import { decodeBase64 } from "./base64.ts"
import { concatenated } from "./concatenated.ts"
import { curves, ecCurves } from "./elliptic-curves.ts"
import { type Imported, type ImportedKey, importAll, importPrivateKey, type ReadOptions } from "./imported-key.ts"
import { purposeStated } from "./json-web-key-purpose.ts"
import type { PrivateKeyParts, RsaPrivateParts } from "./key-parts.ts"
import { latticePublicKeyOf } from "./lattice-private-key.ts"
import { publicPartsOf } from "./public-key-of.ts"
import { type JsonView, readJson, textOf } from "./strict-json.ts"
import { importSymmetricKey } from "./symmetric-key.ts"

type Members = ReadonlyMap<string, JsonView>

const maximumKeys = 32
/** A name of 200 characters, each written as an escape, and some more. */
const maximumTextLength = 2048
const rsaPrimeMembers = ["p", "q", "dp", "dq", "qi"] as const

/**
 * Reads a JSON Web Key or a set of them (RFC 7517, RFC 7518 section 6, RFC 8037, RFC 8812, RFC 9964), private or symmetric. Strictly: no member twice,
 * canonical base64url of the exact length, the public members those of the private ones. `kid` becomes the comment; `key_ops`, `alg` and `use` say its purpose; members not needed are ignored.
 *
 * @param text - without byte order mark
 * @throws INVALID_INPUT naming the member that is wrong or missing
 */
export async function readJsonWebKeys(text: Uint8Array, options: ReadOptions): Promise<Imported[]> {
  return await importAll(
    keysIn(readJson(text)),
    async (members) => {
      const key = await readJsonWebKey(members, options)
      return [{ ...key, purpose: purposeStated(members, key.algorithm) }]
    },
    (members) => optionalText(members, "kid"),
  )
}

function keysIn(view: JsonView): Members[] {
  if (view.kind !== "object") throw invalid("not an object")
  const keys = view.members.get("keys")
  if (keys === undefined || view.members.has("kty")) return [view.members]
  if (keys.kind !== "array" || keys.items.length === 0 || keys.items.length > maximumKeys) {
    throw invalid(`keys: not an array of 1 to ${maximumKeys} keys`)
  }
  return keys.items.map((item) => {
    if (item.kind !== "object") throw invalid("keys: not an object")
    return item.members
  })
}

async function readJsonWebKey(members: Members, options: ReadOptions): Promise<ImportedKey> {
  using owned = new DisposableStack()
  const comment = optionalText(members, "kid")
  switch (optionalText(members, "kty")) {
    case "oct":
      return importSymmetricKey(symmetricAlgorithm(members, options), bytesOf(members, "k", owned), comment)
    case "RSA":
      return await importPrivateKey(readRsa(members, owned), comment)
    case "EC":
      return await importPrivateKey(readEc(members, owned), comment)
    case "OKP":
      return await importPrivateKey(readOkp(members, owned), comment)
    case "AKP":
      return await importPrivateKey(readAkp(members, owned), comment)
    default:
      throw invalid("kty: only RSA, EC, OKP, AKP and oct are supported")
  }
}

function readRsa(members: Members, owned: DisposableStack): RsaPrivateParts {
  if (members.has("oth")) throw invalid("oth: more than two primes are not supported")
  requirePrivate(members)
  if (rsaPrimeMembers.some((name) => !members.has(name))) {
    throw invalid("p, q, dp, dq and qi are needed; n, e and d alone are not enough")
  }
  const number = (name: string): Uint8Array => {
    const bytes = bytesOf(members, name, owned)
    // RFC 7518, section 2, Base64urlUInt: the minimum number of octets.
    if (bytes.length === 0 || bytes[0] === 0) throw invalid(`${name}: empty, or with leading zeros`)
    return bytes
  }
  return {
    kind: "rsa",
    n: number("n"),
    e: number("e"),
    d: number("d"),
    p: number("p"),
    q: number("q"),
    dp: number("dp"),
    dq: number("dq"),
    qi: number("qi"),
  }
}

function readEc(members: Members, owned: DisposableStack): PrivateKeyParts {
  const name = optionalText(members, "crv")
  const curve = ecCurves.find((each) => curves[each].jwkName === name)
  if (curve === undefined) throw invalid("crv: only P-256, P-384, P-521 and secp256k1 are supported")
  requirePrivate(members)
  const { size } = curves[curve]
  const [x, y, d] = [
    fixed(members, "x", size, owned),
    fixed(members, "y", size, owned),
    fixed(members, "d", size, owned),
  ]
  return { kind: "ec", curve, d, publicPoint: concatenated([Uint8Array.of(4), x, y]) }
}

function readOkp(members: Members, owned: DisposableStack): PrivateKeyParts {
  const kind = okpKind(optionalText(members, "crv"))
  requirePrivate(members)
  const parts = { kind, privateKey: fixed(members, "d", 32, owned) }
  const found = fixed(members, "x", 32, owned)
  const expected = publicPartsOf(parts)
  if (expected.kind !== kind || Buffer.compare(expected.publicKey, found) !== 0) {
    throw invalid("x: the public key is of another private key")
  }
  return parts
}

function readAkp(members: Members, owned: DisposableStack): PrivateKeyParts {
  const name = optionalText(members, "alg")
  const algorithm = latticeAlgorithms.find((each) => name !== null && latticeSets[each].jwkName === name)
  if (algorithm === undefined) throw invalid("alg: of kty AKP only ML-DSA-44, ML-DSA-65 and ML-DSA-87 are defined")
  requirePrivate(members, "priv")
  const { seedSize, publicKeySize } = latticeSets[algorithm]
  const seed = fixed(members, "priv", seedSize, owned)
  const parts = { kind: "lattice", algorithm, seed, expanded: null } as const
  if (Buffer.compare(latticePublicKeyOf(parts), fixed(members, "pub", publicKeySize, owned)) !== 0) {
    throw invalid("pub: the public key is of another private key")
  }
  return parts
}

function okpKind(curve: string | null): "ed25519" | "x25519" {
  if (curve === "Ed25519") return "ed25519"
  if (curve === "X25519") return "x25519"
  throw invalid("crv: only Ed25519 and X25519 are supported")
}

/** `alg` says what an `oct` key is for (RFC 7518, 3.1, 4.1 and 5.1; the WebCrypto names of CBC and CTR); the caller may say it instead. */
function symmetricAlgorithm(members: Members, { algorithm }: ReadOptions): Algorithm {
  const name = optionalText(members, "alg")
  const named = name === null ? null : algorithmNamed(name)
  if (name !== null && named === null && algorithm === null) throw invalid("alg: this algorithm is not supported")
  const chosen = algorithm ?? named
  if (chosen === null) throw invalid("alg is missing: --algorithm is needed")
  if (named !== null && named !== chosen) throw invalid("alg: not the algorithm that was asked for")
  return chosen
}

function algorithmNamed(name: string): Algorithm | null {
  switch (name) {
    case "HS256":
      return "hmac-sha256"
    case "HS384":
      return "hmac-sha384"
    case "HS512":
      return "hmac-sha512"
    default: {
      const bits = /^A(128|192|256)(?:GCM|KW|GCMKW|CBC|CTR)$/.exec(name)?.[1]
      if (bits === "128") return "aes-128"
      if (bits === "192") return "aes-192"
      return bits === "256" ? "aes-256" : null
    }
  }
}

function requirePrivate(members: Members, name = "d"): void {
  if (!members.has(name)) throw invalid("there is no private key in it")
}

function fixed(members: Members, name: string, length: number, owned: DisposableStack): Uint8Array {
  const bytes = bytesOf(members, name, owned)
  if (bytes.length !== length) throw invalid(`${name}: not ${length} bytes`)
  return bytes
}

function bytesOf(members: Members, name: string, owned: DisposableStack): Uint8Array {
  const view = members.get(name)
  // Escapes are legal JSON but never part of base64url, so that the decoder refuses them.
  const bytes = view?.kind === "string" ? decodeBase64(view.escaped, "base64url") : null
  if (bytes === null) throw invalid(`${name}: missing, or not base64url`)
  return owned.use(new Secret(bytes)).bytes
}

function optionalText(members: Members, name: string): string | null {
  const view = members.get(name)
  if (view === undefined) return null
  if (view.kind !== "string" || view.escaped.length > maximumTextLength) throw invalid(`${name}: not a short string`)
  return textOf(view.escaped)
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `JWK: ${reason}`)
}
