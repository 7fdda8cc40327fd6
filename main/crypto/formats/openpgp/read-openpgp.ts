import { VaultError } from "../../../domain/vault-error.ts"
import { disposeOf, type Imported, type ReadOptions, wrongPassphrase } from "../imported-key.ts"
import type { KeySource } from "../key-source.ts"
import { publicKeyAlone } from "../public-key-alone.ts"
import { isSymmetric } from "../symmetric-key.ts"
import { normalisedText } from "../text-lines.ts"
import { decodeArmour, isArmour } from "./armour.ts"
import { isSecretComponent, transferableKeys } from "./certificate.ts"
import { isPrimaryKeyPacket } from "./key-packet.ts"
import { PacketReader } from "./packet-reader.ts"
import { readPacket, readPackets } from "./packets.ts"
import { readTransferableKey } from "./read-transferable-key.ts"
import { WorkBudget } from "./work-budget.ts"

/** Each encrypted key costs a derivation of up to some 100 ms. */
const maximumSecretKeys = 32

const privateLabel = "PRIVATE KEY BLOCK"
const publicLabel = "PUBLIC KEY BLOCK"

/**
 * Recognises OpenPGP keys (RFC 9580), armoured or binary: a binary file by its first packet, which must be a whole key.
 *
 * @throws INVALID_INPUT for armour that is broken, or holds something else than keys
 */
export function recogniseOpenpgp(file: Uint8Array, { algorithm }: ReadOptions): KeySource | null {
  const text = normalisedText(file)
  if (isArmour(text)) return armouredSource(text)
  // Any bytes may be those of a symmetric key, which OpenPGP never holds.
  const mayBeBinary = algorithm === null || !isSymmetric(algorithm)
  return mayBeBinary && startsWithKey(file) ? sourceOf([file], () => undefined) : null
}

function startsWithKey(file: Uint8Array): boolean {
  try {
    const packet = readPacket(new PacketReader(file, "OpenPGP"))
    return isPrimaryKeyPacket(packet) && looksLikeKey(packet.body)
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}

/** Also one of a version that is not supported, so that the answer is better than "not recognised". */
function looksLikeKey(body: Uint8Array): boolean {
  const [version = 0] = body
  const algorithm = body[version < 4 ? 7 : 5] ?? 0
  return version >= 2 && version <= 6 && algorithm >= 1 && algorithm <= 28
}

function armouredSource(text: Uint8Array): KeySource {
  const blocks = decodeArmour(text)
  const dispose = (): void => {
    for (const { content } of blocks) content[Symbol.dispose]()
  }
  const isOther = blocks.some(({ label }) => label !== privateLabel && label !== publicLabel)
  if (!isOther && blocks.some(({ label }) => label === privateLabel)) {
    return sourceOf(
      blocks.map(({ content }) => content.bytes),
      dispose,
    )
  }
  dispose()
  throw isOther ? new VaultError("INVALID_INPUT", "OpenPGP armour: a block that is no key") : publicKeyAlone()
}

function sourceOf(blocks: readonly Uint8Array[], dispose: () => void): KeySource {
  const warnings: string[] = []
  const read = (options: ReadOptions): Promise<Imported[]> => readBlocks(blocks, options, warnings)
  return { format: "openpgp", warnings, read, [Symbol.dispose]: dispose }
}

/** Reads every secret key, primary or sub, of every block: each with its whole certificate, or with the reason why it can't be taken. */
async function readBlocks(
  blocks: readonly Uint8Array[],
  options: ReadOptions,
  warnings: string[],
): Promise<Imported[]> {
  const all = blocks.flatMap((block) => transferableKeys(readPackets(block)))
  const secret = all.filter(({ components }) => components.some(isSecretComponent))
  if (secret.length === 0) throw publicKeyAlone()
  if (secret.length < all.length) warnings.push("public keys that come without a private key are left out")
  const count = secret.flatMap(({ components }) => components.filter(isSecretComponent)).length
  if (count > maximumSecretKeys) {
    throw new VaultError("INVALID_INPUT", `OpenPGP: more than ${maximumSecretKeys} secret keys`)
  }
  const keys: Imported[] = []
  try {
    const budget = new WorkBudget()
    for (const transferable of secret) {
      const { imported, remarks } = await readTransferableKey(transferable, options, budget)
      keys.push(...imported)
      warnings.push(...remarks)
    }
    requireSomethingOpened(keys)
    return keys
  } catch (error) {
    disposeOf(keys)
    throw error
  }
}

/** A passphrase that opens no key of several is the wrong one; each may have its own. */
function requireSomethingOpened(keys: readonly Imported[]): void {
  const isNoneFound = keys.every((key) => "refusal" in key)
  const isOneLocked = keys.some((key) => "refusal" in key && key.refusal.code === "WRONG_PASSPHRASE")
  if (isNoneFound && isOneLocked) throw wrongPassphrase()
}
