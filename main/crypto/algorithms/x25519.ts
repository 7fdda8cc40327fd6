import { generateKeyPair } from "node:crypto"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { agreementDerivations } from "./key-derivation.ts"
import { derKeyPair, generatedMaterial } from "./node-keys.ts"

/** X25519 (RFC 7748, 5): kept for key agreement; it neither signs nor encrypts. */
export const x25519: AlgorithmFamily = {
  generate: () =>
    generatedMaterial((done) => {
      generateKeyPair("x25519", derKeyPair, done)
    }),
  publicKey: publicKeyOf,
  derivations: agreementDerivations,
}
