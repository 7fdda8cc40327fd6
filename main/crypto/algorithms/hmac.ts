import { createHmac } from "node:crypto"
import { randomSecret } from "../random.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { hkdfDerivations } from "./key-derivation.ts"
import { slicesOf } from "./slices.ts"

const digestSize = { sha256: 32, sha384: 48, sha512: 64 }

/** HMAC (FIPS 198-1, RFC 2104) with a key as long as its hash: shorter is weaker, longer is no stronger (RFC 2104, 3). */
export function hmac(digest: "sha256" | "sha384" | "sha512"): AlgorithmFamily {
  return {
    generate: () => randomSecret(digestSize[digest]),
    derivations: hkdfDerivations,
    macs: new Map([
      [
        "hmac",
        {
          async mac(key, message) {
            const running = createHmac(digest, key)
            for await (const slice of slicesOf(message)) running.update(slice)
            return running.digest()
          },
        },
      ],
    ]),
  }
}
