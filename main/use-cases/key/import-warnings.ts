import type { FoundKey, KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Secret } from "../../domain/secret.ts"

/** Enough for anybody, and a fraction of a second for each RSA key that comes in. */
const comparedKeys = 10_000

/** What a person should know of a key that comes in, as sentences that hold no secret. */
export async function importWarnings(vault: OpenVault, crypto: KeyCrypto, key: FoundKey): Promise<string[]> {
  return [
    ...(key.publicKey === null ? duplicateWarnings(await nameOfBytes(vault, key.material)) : []),
    ...lineBreakWarnings(key),
    ...(await publicKeyWarnings(vault, crypto, key)),
  ]
}

/** What its public half alone tells of a key. */
export async function publicKeyWarnings(
  vault: OpenVault,
  crypto: KeyCrypto,
  key: Pick<FoundKey, "algorithm" | "publicKey">,
): Promise<string[]> {
  if (key.publicKey === null) return []
  return [
    ...duplicateWarnings(vault.keys.withFingerprint(crypto.spkiFingerprint(key.publicKey))),
    ...crypto.weaknessesOf(key.publicKey).map((weakness) => `the key is weak: ${weakness}`),
    ...(await sharedFactorWarnings(vault, crypto, key)),
  ]
}

function duplicateWarnings(there: string | null): string[] {
  return there === null ? [] : [`the same key is here already, named ${there}`]
}

async function nameOfBytes(vault: OpenVault, material: Secret): Promise<string | null> {
  const id = await vault.materials.keyWith(material)
  return id === null ? null : (vault.keys.findById(id)?.name ?? null)
}

/** As `echo` adds it: then whoever uses the secret somewhere else gets it wrong. */
function lineBreakWarnings({ algorithm, material }: FoundKey): string[] {
  const hasLineBreak = algorithm === "secret" && material.bytes.at(-1) === 0x0a
  return hasLineBreak ? ["the secret ends with a line break, which is part of it"] : []
}

/** The other key is as weak, also when it is destroyed here: elsewhere it may be in use. */
async function sharedFactorWarnings(
  vault: OpenVault,
  crypto: KeyCrypto,
  { algorithm, publicKey }: Pick<FoundKey, "algorithm" | "publicKey">,
): Promise<string[]> {
  if (publicKey === null || !algorithm.startsWith("rsa-")) return []
  const others = vault.keys.rsaPublicKeys(comparedKeys)
  const place = await crypto.sharesFactor(
    publicKey,
    others.map((other) => other.publicKey),
  )
  const other = place === null ? undefined : others[place]
  if (other === undefined) return []
  return [
    `the key is weak: it has a prime in common with ${other.name}; whoever has both public keys can compute both private ones`,
  ]
}
