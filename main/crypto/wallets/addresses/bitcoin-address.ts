import { schnorr } from "@noble/curves/secp256k1.js"
import { bech32, bech32m } from "@scure/base"
import { secp256k1 } from "../../secp256k1-curve.ts"
import { encodeBase58Check } from "../base58.ts"
import { type CurvePoint, type ExtendedPublicKey, hash160 } from "../bip32/extended-public-key.ts"
import type { Network } from "../bip32/key-versions.ts"

/** The scripts that pay to a single key, by the names that descriptors give them (BIP-0381, 0382, 0386). */
export type KeyScript = "pkh" | "sh(wpkh)" | "wpkh" | "tr"

/** Bitcoin Core's version bytes, and the prefixes of BIP-0173. */
const prefixes = {
  mainnet: { publicKeyHash: 0x00, scriptHash: 0x05, segwit: "bc" },
  testnet: { publicKeyHash: 0x6f, scriptHash: 0xc4, segwit: "tb" },
} as const

/** The address that pays to the key by this script. */
export function bitcoinAddress(key: ExtendedPublicKey, script: KeyScript, network: Network): string {
  const { publicKeyHash, scriptHash, segwit } = prefixes[network]
  switch (script) {
    case "pkh":
      return base58Address(publicKeyHash, hash160(key.publicKey))
    case "sh(wpkh)":
      // The witness program as a script: OP_0 and the hash (BIP-0141, "P2WPKH nested in BIP16 P2SH").
      return base58Address(scriptHash, hash160(Uint8Array.of(0x00, 0x14, ...hash160(key.publicKey))))
    case "wpkh":
      return bech32.encode(segwit, [0, ...bech32.toWords(hash160(key.publicKey))])
    case "tr":
      return bech32m.encode(segwit, [1, ...bech32m.toWords(outputKey(key.point))])
  }
}

function base58Address(version: number, hash: Uint8Array): string {
  using text = encodeBase58Check(Uint8Array.of(version, ...hash))
  return Buffer.from(text.bytes).toString("latin1")
}

/**
 * The key that the output pays to when there is no script path (BIP-0086, "Address derivation"; BIP-0341, `taproot_tweak_pubkey`).
 *
 * @returns the x coordinate, 32 bytes
 */
function outputKey(point: CurvePoint): Uint8Array {
  const compressed = point.toBytes(true)
  const internal = compressed.subarray(1)
  const evenPoint = compressed[0] === 2 ? point : point.negate()
  const tweak = secp256k1.Point.Fn.fromBytes(schnorr.utils.taggedHash("TapTweak", internal))
  return evenPoint.add(secp256k1.Point.BASE.multiply(tweak)).toBytes(true).subarray(1)
}
