import { generateKeyPair } from "node:crypto"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { derKeyPair, generatedMaterial } from "./node-keys.ts"
import { nodeSignature } from "./node-signature.ts"

/** Ed25519 (RFC 8032, 5.1), the plain variant: deterministic, the message hashed inside. */
export const ed25519: AlgorithmFamily = {
  generate: () =>
    generatedMaterial((done) => {
      generateKeyPair("ed25519", derKeyPair, done)
    }),
  publicKey: publicKeyOf,
  signatures: new Map([["ed25519", nodeSignature(null)]]),
}
