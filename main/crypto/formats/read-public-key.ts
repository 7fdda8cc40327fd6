import type { Algorithm } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { decodePem, isPem } from "./pem.ts"
import { decodePublicKeyInfo, encodePublicKeyInfo } from "./public-key-info.ts"
import { normalisedText } from "./text-lines.ts"

/**
 * Reads a public key that somebody gave: SubjectPublicKeyInfo, as PEM ("PUBLIC KEY") or DER.
 *
 * @returns the key as we encode it
 * @throws INVALID_INPUT
 */
export function readPublicKey(file: Uint8Array): { readonly algorithm: Algorithm; readonly publicKey: Uint8Array } {
  const text = normalisedText(file)
  const { algorithm, parts } = decodePublicKeyInfo(isPem(text) ? onlyPublicBlock(text) : file)
  return { algorithm, publicKey: encodePublicKeyInfo(parts) }
}

function onlyPublicBlock(text: Uint8Array): Uint8Array {
  const blocks = decodePem(text)
  try {
    const [block] = blocks
    if (block === undefined || blocks.length > 1 || block.label !== "PUBLIC KEY") {
      throw new VaultError("INVALID_INPUT", "PEM: one PUBLIC KEY block is expected")
    }
    return new Uint8Array(block.content.bytes)
  } finally {
    for (const { content } of blocks) content[Symbol.dispose]()
  }
}
