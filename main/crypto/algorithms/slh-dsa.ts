import { generateKeyPair } from "node:crypto"
import { Secret } from "../../domain/secret.ts"
import { encodePrivateKeyInfo } from "../formats/private-key-info.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import { nobleSlhDsaKey } from "../post-quantum/noble-thread.ts"
import { type SlhDsaAlgorithm, slhDsaSets } from "../post-quantum/parameter-sets.ts"
import { runtimeHas } from "../post-quantum/runtime-support.ts"
import { randomSecret } from "../random.ts"
import type { AlgorithmFamily, SignatureScheme } from "./algorithm-family.ts"
import { nobleSignature } from "./noble-signature.ts"
import { derKeyPair } from "./node-keys.ts"
import { nodeSignature } from "./node-signature.ts"

/** SLH-DSA (FIPS 205), the plain variant with an empty context string, hedged. To sign takes OpenSSL a second, in its thread pool. */
export function slhDsa(algorithm: SlhDsaAlgorithm): AlgorithmFamily {
  const [byNode, byNoble] = [nodeSignature(null), nobleSignature(algorithm)]
  const scheme: SignatureScheme = {
    sign: (material, message) => (runtimeHas(algorithm) ? byNode : byNoble).sign(material, message),
    verify: (spki, message, signature) => (runtimeHas(algorithm) ? byNode : byNoble).verify(spki, message, signature),
  }
  return {
    generate: () => (runtimeHas(algorithm) ? generateByNode(algorithm) : generateByNoble(algorithm)),
    publicKey: publicKeyOf,
    signatures: new Map([["slh-dsa", scheme]]),
  }
}

function generateByNode(algorithm: SlhDsaAlgorithm): Promise<Secret> {
  return new Promise((resolve, reject) => {
    generateKeyPair(algorithm, derKeyPair, (error: Error | null, _publicKey: Buffer, material: Buffer) => {
      if (error !== null) return reject(error)
      resolve(Secret.copyOf(material))
      material.fill(0)
    })
  })
}

/** FIPS 205, 10.1. */
export async function generateByNoble(algorithm: SlhDsaAlgorithm): Promise<Secret> {
  using seed = randomSecret((slhDsaSets[algorithm].privateKeySize / 4) * 3)
  using privateKey = await nobleSlhDsaKey(algorithm, seed.bytes)
  return new Secret(encodePrivateKeyInfo({ kind: "slh-dsa", algorithm, privateKey: privateKey.bytes }))
}
