// As a whole, because a name that an older runtime lacks would keep this file from loading.
import crypto from "node:crypto"
import {
  derBitString,
  derObjectIdentifier,
  derOctetString,
  derSequence,
  derSmallInteger,
  encodeDer,
} from "../asn1/der-writer.ts"
import { expandedKeyOf } from "./noble-lattices.ts"
import {
  isLattice,
  isMlKem,
  type LatticeAlgorithm,
  latticeSets,
  type PostQuantumAlgorithm,
  slhDsaSets,
} from "./parameter-sets.ts"

const computes = new Map<PostQuantumAlgorithm, boolean>()
const readsExpanded = new Map<LatticeAlgorithm, boolean>()

/** Whether node:crypto computes with the algorithm: OpenSSL does from 3.5 on, BoringSSL with some. Found out once, by trying. */
export function runtimeHas(algorithm: PostQuantumAlgorithm): boolean {
  return foundOnce(computes, algorithm, tryPublicKey)
}

/** Whether node:crypto also reads a private key without its seed: BoringSSL does not. Found out once, by trying. */
export function runtimeReadsExpanded(algorithm: LatticeAlgorithm): boolean {
  return foundOnce(readsExpanded, algorithm, (name) => runtimeHas(name) && tryExpandedKey(name))
}

function foundOnce<Name>(verdicts: Map<Name, boolean>, name: Name, find: (name: Name) => boolean): boolean {
  const known = verdicts.get(name)
  if (known !== undefined) return known
  const verdict = find(name)
  verdicts.set(name, verdict)
  return verdict
}

/** All zeros is a public key in each of these algorithms, and to verify nothing with it takes no time. */
function tryPublicKey(algorithm: PostQuantumAlgorithm): boolean {
  const set = isLattice(algorithm) ? latticeSets[algorithm] : slhDsaSets[algorithm]
  const identifier = derSequence(derObjectIdentifier(set.objectIdentifier))
  const spki = Buffer.from(encodeDer(derSequence(identifier, derBitString(new Uint8Array(set.publicKeySize)))))
  return succeeds(() => {
    const key = crypto.createPublicKey({ key: spki, format: "der", type: "spki" })
    if (isMlKem(algorithm)) crypto.encapsulate(key)
    else crypto.verify(null, new Uint8Array(), key, new Uint8Array())
  })
}

function tryExpandedKey(algorithm: LatticeAlgorithm): boolean {
  const { objectIdentifier, seedSize } = latticeSets[algorithm]
  using expanded = expandedKeyOf(algorithm, new Uint8Array(seedSize))
  const identifier = derSequence(derObjectIdentifier(objectIdentifier))
  const privateKey = derOctetString(derOctetString(expanded.bytes))
  const pkcs8 = Buffer.from(encodeDer(derSequence(derSmallInteger(0), identifier, privateKey)))
  return succeeds(() => {
    crypto.createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
  })
}

function succeeds(attempt: () => void): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}
