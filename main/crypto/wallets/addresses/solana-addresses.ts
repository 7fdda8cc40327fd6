import { encodeBase58 } from "../base58.ts"
import { formatDerivationPath, hardened } from "../bip32/derivation-path.ts"
import { Ed25519Node } from "../slip10/ed25519-tree.ts"
import { type AddressRange, inTurns, type WalletAddress } from "./list-addresses.ts"

/** What Phantom, Solflare and Ledger derive: 501 is Solana in SLIP-0044. */
const base = [44, 501].map(hardened)

/**
 * Addresses of Solana at `m/44'/501'/i'/0'`, computed in turns: public keys of Ed25519 in base58. All steps are hardened, so each takes the
 * seed, and there is nothing to watch an account by.
 *
 * @param seed - as BIP-0039 gives it; not that of an extended key: this is another tree. Must stay until the promise ends
 * @throws INVALID_INPUT as `listAddresses`; there are none for change
 */
export async function solanaAddresses(
  seed: Uint8Array,
  range: Omit<AddressRange, "isChange">,
): Promise<readonly WalletAddress[]> {
  using root = Ed25519Node.fromSeed(seed)
  using parent = root.derive(base)
  return await inTurns(range, (index) => {
    const steps = [hardened(index), hardened(0)]
    using node = parent.derive(steps)
    return { path: formatDerivationPath([...base, ...steps]), address: solanaAddress(node) }
  })
}

/** The address of a key: its public half in base58. */
export function solanaAddress(node: Ed25519Node): string {
  using text = encodeBase58(node.publicKey)
  return Buffer.from(text.bytes).toString("latin1")
}
