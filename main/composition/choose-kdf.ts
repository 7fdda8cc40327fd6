import type { KdfParameters } from "../../preload/contract/values.ts"
import { calibrate, checkKdfParameters, measureKdf } from "../crypto/kdf-parameters.ts"
import { VaultError } from "../domain/vault-error.ts"

const anySalt = new Uint8Array(16)

export interface ChosenKdf {
  readonly kdf: KdfParameters
  /** What a derivation took just now on this machine. */
  readonly unlockMs: number
}

/**
 * Argon2id costs as asked for, or the strongest that stay under 500 ms here.
 * @throws `POLICY_DENIED` below the floor or beyond the ceiling
 */
export async function chooseKdf(choice: "auto" | KdfParameters): Promise<ChosenKdf> {
  const kdf = choice === "auto" ? await calibrate(measureKdf) : choice
  const verdict = checkKdfParameters({ ...kdf, salt: anySalt })
  if (verdict !== null) throw new VaultError("POLICY_DENIED", `kdf-bounds: these Argon2id parameters are ${verdict}`)
  return { kdf, unlockMs: Math.round(await measureKdf(kdf)) }
}
