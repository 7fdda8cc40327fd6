import type { KeyState } from "../../../preload/contract/values.ts"
import { requireExportable } from "../../domain/exportable.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { unusable } from "../../domain/waiting-destruction.ts"
import { requireMayExport } from "../policy/require-policy.ts"

const staying: readonly KeyState[] = ["suspended", "compromised", "pending-destruction", "destroyed"]

/**
 * Whether a version's material may leave the vault, encrypted or in the clear. A key that is out of use does not start a
 * second life elsewhere.
 * @throws `STATE_DENIED`, `POLICY_DENIED`, `APPROVAL_REQUIRED`
 */
export function requireMayLeave(vault: OpenVault, key: Key, { version, state }: KeyVersion, inTheClear: boolean): void {
  requireLeavable(key, key.name, key.state)
  requireLeavable(key, `version ${version} of ${key.name}`, state)
  if (key.purpose === "wallet") {
    throw new VaultError(
      "POLICY_DENIED",
      `wallet-seeds: ${key.name} leaves by \`claviger seed export\`, never otherwise`,
    )
  }
  requireExportable(key.name, key.exportable, inTheClear)
  requireMayExport(vault, key, inTheClear)
}

function requireLeavable(key: Key, what: string, state: KeyState): void {
  if (staying.includes(state)) throw unusable(key, what, state)
}
