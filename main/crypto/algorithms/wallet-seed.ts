import type { AlgorithmFamily } from "./algorithm-family.ts"

/** A seed signs and encrypts nothing by itself: the wallets of crypto/wallets grow from it, and make it. */
export const walletSeed: AlgorithmFamily = {
  generate() {
    throw new Error("seeds are made by the wallets")
  },
}
