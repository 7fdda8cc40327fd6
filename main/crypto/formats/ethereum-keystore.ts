import { Secret } from "../../domain/secret.ts"
import { secp256k1 } from "../secp256k1-curve.ts"
import { readKeystore } from "../wallets/ethereum-keystore/read-keystore.ts"
import { type Imported, importPrivateKey, type ReadOptions, requirePassphrase } from "./imported-key.ts"
import { type KeySource, plainSource } from "./key-source.ts"

/** Much longer than a keystore of one key. */
const lookedAt = 4096
const beginning = /^\s*\{(?=[\s\S]*"ciphertext")(?=[\s\S]*"kdfparams")/

/** Recognises a keystore file of Ethereum (Web3 Secret Storage Definition, version 3), which holds one key under a passphrase. */
export function recogniseKeystore(file: Uint8Array): KeySource | null {
  if (!beginning.test(Buffer.from(file.subarray(0, lookedAt)).toString("latin1"))) return null
  return plainSource("keystore-v3", (options) => read(file, options))
}

async function read(file: Uint8Array, options: ReadOptions): Promise<Imported[]> {
  using passphrase = Secret.copyOf(requirePassphrase(options))
  using privateKey = await readKeystore(file, passphrase)
  const point = secp256k1.Point.BASE.multiply(secp256k1.Point.Fn.fromBytes(privateKey.bytes))
  const parts = { kind: "ec", curve: "secp256k1", d: privateKey.bytes, publicPoint: point.toBytes(false) } as const
  return [await importPrivateKey(parts, null)]
}
