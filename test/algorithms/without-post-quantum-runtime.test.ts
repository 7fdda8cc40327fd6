import { expect, test, vi } from "vitest"
import { decapsulate, encapsulate } from "../../main/crypto/algorithms/encapsulation.ts"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { nodeKem } from "../../main/crypto/algorithms/node-kem.ts"
import { nodeSignature } from "../../main/crypto/algorithms/node-signature.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { publicKeyByNode } from "../../main/crypto/formats/lattice-private-key.ts"
import { decodePrivateKeyInfo } from "../../main/crypto/formats/private-key-info.ts"
import { decodePublicKeyInfo } from "../../main/crypto/formats/public-key-info.ts"
import { hexOf } from "./post-quantum-keys.ts"

/** A runtime without any of the algorithms; that of these tests has them, and is asked what it makes of the results. */
vi.mock("../../main/crypto/post-quantum/runtime-support.ts", () => ({
  runtimeHas: () => false,
  runtimeReadsExpanded: () => false,
}))

const message = Buffer.from("What is signed here")
const patience = { timeout: 120_000 }
const nothing = new Uint8Array()

test.for(["ml-kem-512", "ml-kem-768", "ml-kem-1024", "ml-dsa-44", "ml-dsa-65", "ml-dsa-87"] as const)(
  "%s: the public key is the one that OpenSSL finds",
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    const { parts } = decodePrivateKeyInfo(material.bytes)
    if (parts.kind !== "lattice") throw new Error("another algorithm")
    const found = decodePublicKeyInfo(publicKeyFor(algorithm, material.bytes) ?? nothing).parts
    if (found.kind !== "lattice") throw new Error("another algorithm")
    expect(hexOf(found.publicKey)).toBe(hexOf(publicKeyByNode(parts)))
  },
)

test.for(["ml-kem-512", "ml-kem-768", "ml-kem-1024"] as const)(
  "%s: secrets are shared with OpenSSL, both ways",
  async (algorithm) => {
    using material = await generateMaterial(algorithm)
    const publicKey = publicKeyFor(algorithm, material.bytes) ?? nothing
    const ours = await encapsulate(algorithm, publicKey)
    using theirSecret = await nodeKem(algorithm).decapsulate(material.bytes, ours.ciphertext)
    expect(hexOf(theirSecret.bytes)).toBe(hexOf(ours.sharedSecret.bytes))
    const theirs = await nodeKem(algorithm).encapsulate(publicKey)
    using ourSecret = await decapsulate(algorithm, material.bytes, theirs.ciphertext)
    expect(hexOf(ourSecret.bytes)).toBe(hexOf(theirs.sharedSecret.bytes))
  },
)

test.for([
  ["ml-dsa-44", "ml-dsa"],
  ["ml-dsa-65", "ml-dsa"],
  ["ml-dsa-87", "ml-dsa"],
  ["slh-dsa-sha2-128s", "slh-dsa"],
] as const)("%s: OpenSSL verifies our signature, and we its", patience, async ([algorithm, mechanism]) => {
  using material = await generateMaterial(algorithm)
  const publicKey = publicKeyFor(algorithm, material.bytes) ?? nothing
  const ours = await sign(algorithm, mechanism, material.bytes, message)
  expect(await nodeSignature(null).verify(publicKey, message, ours)).toBe(true)
  const theirs = await nodeSignature(null).sign(material.bytes, message)
  expect(await verify(algorithm, mechanism, publicKey, message, theirs)).toBe(true)
  expect(await verify(algorithm, mechanism, publicKey, Buffer.from("something else"), theirs)).toBe(false)
})
