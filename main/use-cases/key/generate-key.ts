import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { requireAllowed, storeNewKey } from "./store-new-key.ts"

/** Generates a key in the vault. @throws `ALREADY_EXISTS`, `NOT_FOUND` (keyring), `INVALID_INPUT`, `POLICY_DENIED` */
export function generateKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async ({
    algorithm,
    purpose = usualPurpose(algorithm),
    ...wanted
  }: InputOf<"key.generate">): Promise<KeyObject> => {
    const vault = session.current()
    requireAllowed({ algorithm, purpose }, wanted)
    if (vault.keys.find(wanted.name) !== null) throw new VaultError("ALREADY_EXISTS", `a key named ${wanted.name}`)
    using material = await crypto.generateMaterial(algorithm)
    return storeNewKey(
      vault,
      crypto,
      { algorithm, purpose, origin: "generated", action: "key.generate" },
      wanted,
      material,
    )
  }
}
