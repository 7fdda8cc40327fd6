import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key.ts"
import type { FoundKey, KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { requireAllowed, storeNewKey } from "./store-new-key.ts"

/**
 * Takes a key from a file into the vault; all of it or nothing. Wipes the file's bytes.
 * @throws `INVALID_INPUT` saying where, `WRONG_PASSPHRASE` of the file, `ALREADY_EXISTS`, `POLICY_DENIED`
 */
export function importKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async (input: InputOf<"key.import">): Promise<KeyObject> => {
    const { file: bytes, filePassphrase, format, algorithm, purpose: asked, ...wanted } = input
    using file = new Secret(bytes)
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    const vault = session.current()
    const found = await crypto.importKeys(file.bytes, { format, passphrase, algorithm })
    try {
      const key = onlyKey(found.keys)
      const purpose = asked ?? usualPurpose(key.algorithm)
      requireAllowed({ algorithm: key.algorithm, purpose }, wanted)
      const kind = { algorithm: key.algorithm, purpose, origin: "imported", action: "key.import" } as const
      return storeNewKey(vault, crypto, kind, wanted, key.material)
    } finally {
      for (const { material } of found.keys) material[Symbol.dispose]()
    }
  }
}

function onlyKey(keys: readonly FoundKey[]): FoundKey {
  const [key] = keys
  if (key === undefined) throw new VaultError("INVALID_INPUT", "file: holds no key")
  if (keys.length > 1) throw new VaultError("INVALID_INPUT", `file: holds ${keys.length} keys; import them one by one`)
  return key
}
