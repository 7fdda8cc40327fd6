import type { ChildKind } from "../../../../preload/contract/seed.ts"
import type { DerivationPath } from "../bip32/derivation-path.ts"
import { bip39Languages } from "../bip39/language.ts"
import { childEntropyPath } from "./child-entropy.ts"

/** The numbers of the applications (BIP-0085, "Applications"). */
const application = { wif: 2, xprv: 32, bip39: 39, hex: 128169, base64: 707764, base85: 707785 } as const

/**
 * Where a child's entropy comes from. The code of a language is its place in our list, which is in the order of the standard.
 *
 * @throws INVALID_INPUT for an index that is none
 */
export function childPathOf(kind: ChildKind, index: number): DerivationPath {
  switch (kind.kind) {
    case "bip39":
      return childEntropyPath(application.bip39, bip39Languages.indexOf(kind.language), kind.words, index)
    case "hex":
      return childEntropyPath(application.hex, kind.bytes, index)
    case "base64":
      return childEntropyPath(application.base64, kind.length, index)
    case "base85":
      return childEntropyPath(application.base85, kind.length, index)
    case "wif":
    case "xprv":
      return childEntropyPath(application[kind.kind], index)
  }
}
