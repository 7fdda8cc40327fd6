import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { FoundKey, KeyCrypto, RefusedKey } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { importWarnings } from "./import-warnings.ts"

type Found = OutputOf<"key.inspect">["keys"][number]

/**
 * Says what `key.import` would take from a file, and what is wrong with it. Takes nothing, and wipes the file's bytes.
 * @throws `INVALID_INPUT` saying where, `WRONG_PASSPHRASE` of the file
 */
export function inspectKeyFile(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async ({ file: bytes, filePassphrase, ...how }: InputOf<"key.inspect">): Promise<OutputOf<"key.inspect">> => {
    using file = new Secret(bytes)
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    const vault = session.current()
    const { keys, format, warnings } = await crypto.importKeys(file.bytes, { ...how, passphrase })
    try {
      const found: Found[] = []
      for (const key of keys) found.push(await descriptionOf(vault, crypto, key))
      return { format, warnings: [...warnings], keys: found }
    } finally {
      for (const key of keys) if ("material" in key) key.material[Symbol.dispose]()
    }
  }
}

async function descriptionOf(vault: OpenVault, crypto: KeyCrypto, key: FoundKey | RefusedKey): Promise<Found> {
  const { comment } = key
  if ("refusal" in key) {
    const { code, detail = "" } = key.refusal
    return { ok: false, comment, error: { code, detail } }
  }
  const { algorithm, publicKey } = key
  return {
    ok: true,
    comment,
    algorithm,
    purpose: key.purpose ?? usualPurpose(algorithm),
    fingerprint: publicKey === null ? null : crypto.spkiFingerprint(publicKey),
    warnings: await importWarnings(vault, crypto, key),
  }
}
