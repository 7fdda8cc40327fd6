import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { Secret } from "../../domain/secret.ts"
import type { SeedParts } from "./seed-named.ts"
import { requireFreeName, storeSeed } from "./store-seed.ts"

/** Generates a seed, with dice or coins mixed in where they are given. Wipes them. @throws `ALREADY_EXISTS`, `INVALID_INPUT` */
export function generateSeed(parts: SeedParts) {
  return async (input: InputOf<"seed.generate">): Promise<OutputOf<"seed.generate">> => {
    const { words, language, dice, ...metadata } = input
    using throws = dice === undefined ? null : new Secret(dice)
    const vault = parts.session.current()
    requireFreeName(vault, metadata.name)
    const seed = parts.wallets.generateSeed({ words, language }, throws?.bytes ?? null)
    using _ = seed.material
    return await storeSeed(vault, parts, seed, metadata, { origin: "generated", action: "seed.generate" })
  }
}

/** Takes a seed from words, shares, entropy or an xprv. Wipes what it was given. @throws `INVALID_INPUT`, `WRONG_SHARES` */
export function importSeed(parts: SeedParts) {
  return async (input: InputOf<"seed.import">): Promise<OutputOf<"seed.import">> => {
    const { file, format, language, sharesPassphrase, ...metadata } = input
    using content = new Secret(file)
    using passphrase = sharesPassphrase === undefined ? null : new Secret(sharesPassphrase)
    const vault = parts.session.current()
    requireFreeName(vault, metadata.name)
    const seed = await parts.wallets.readSeed(content.bytes, { format, language, sharesPassphrase: passphrase })
    using _ = seed.material
    return await storeSeed(vault, parts, seed, metadata, { origin: "imported", action: "seed.import" })
  }
}

/** Puts a seed together from its shares. Wipes them. @throws `WRONG_SHARES` naming which, `INVALID_INPUT` */
export function combineSeed(parts: SeedParts) {
  return async (input: InputOf<"seed.combine">): Promise<OutputOf<"seed.combine">> => {
    const { shares: given, kind, language, sharesPassphrase, ...metadata } = input
    using owned = new DisposableStack()
    const shares = given.map((share) => owned.use(new Secret(share)).bytes)
    using passphrase = sharesPassphrase === undefined ? null : new Secret(sharesPassphrase)
    const vault = parts.session.current()
    requireFreeName(vault, metadata.name)
    const seed = await parts.wallets.combineSeed(shares, { kind, language, sharesPassphrase: passphrase })
    using _ = seed.material
    return await storeSeed(vault, parts, seed, metadata, { origin: "imported", action: "seed.combine" })
  }
}
