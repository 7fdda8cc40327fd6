import { secp256k1 } from "@noble/curves/secp256k1.js"

// Noble's own table for multiples of the base point takes 60 ms and more to build, at the first use, and saves next to nothing.
secp256k1.Point.BASE.precompute(4)

/** The curve secp256k1 (SEC 2, 2.4.1), by @noble/curves: BoringSSL has it not. */
export { secp256k1 }
