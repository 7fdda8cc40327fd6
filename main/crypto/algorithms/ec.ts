import { generateKeyPair } from "node:crypto"
import type { Mechanism } from "../../../preload/contract/values.ts"
import { publicKeyOf } from "../formats/public-key-of.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { agreementDerivations } from "./key-derivation.ts"
import { derKeyPair, generatedMaterial } from "./node-keys.ts"
import { nodeSignature } from "./node-signature.ts"

/** ECDSA keys (FIPS 186-5, 6) on a NIST curve, with the hash that is as strong as the curve. */
export function ec(
  namedCurve: "prime256v1" | "secp384r1" | "secp521r1",
  digest: "sha256" | "sha384" | "sha512",
): AlgorithmFamily {
  return {
    generate: () =>
      generatedMaterial((done) => {
        generateKeyPair("ec", { namedCurve, ...derKeyPair }, done)
      }),
    publicKey: publicKeyOf,
    signatures: new Map<Mechanism, ReturnType<typeof nodeSignature>>([
      [`ecdsa-${digest}`, nodeSignature(digest, { dsaEncoding: "der" })],
      [`ecdsa-${digest}-p1363`, nodeSignature(digest, { dsaEncoding: "ieee-p1363" })],
    ]),
    derivations: agreementDerivations,
  }
}
