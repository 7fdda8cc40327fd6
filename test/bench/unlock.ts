import { argon2id } from "../../main/crypto/argon2id.ts"
import { Secret } from "../../main/domain/secret.ts"
import { passphrase } from "../support/vaults.ts"
import { kdf, type OpenedBenchVault } from "./bench-vault.ts"
import { type Cost, costOf, sideBySide } from "./cost.ts"
import type { Figure } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { count } from "./table.ts"

/** What an unlock may take beside the derivation, in milliseconds. */
const allowance = 60

export function unlock(vault: OpenedBenchVault): Promise<Cost> {
  vault.lock()
  return costOf(() => vault.unlock())
}

function derive(): Promise<Cost> {
  return costOf(async () => {
    using secret = new Secret(passphrase())
    using _ = await argon2id(secret, { ...kdf, salt: new Uint8Array(16) })
  })
}

/** P8: an unlock in a program that runs, beside the derivation alone. */
export async function unlockFigures(lab: Lab): Promise<Figure[]> {
  const { bulk, rounds } = lab.sizes
  using vault = await lab.vaultOf(bulk).open()
  const { ours, beside } = await sideBySide(rounds * 4, () => unlock(vault), derive)
  const work = `unlock, ${count(bulk)} keys`
  const limit = { than: `Argon2id and ${allowance} ms`, beside: beside.wallMs + allowance }
  return [{ work, ours: ours.wallMs, ...limit, unit: "ms", goal: 1 }]
}
