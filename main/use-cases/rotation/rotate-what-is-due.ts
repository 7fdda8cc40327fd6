import type { OutputOf } from "../../../preload/contract/index.ts"
import { inVault } from "../../domain/key-location.ts"
import type { FollowWork } from "../../domain/long-work.ts"
import { step } from "../../domain/long-work.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { rotateKey } from "../key/rotate-key.ts"
import type { TokenUseParts } from "../key-use/token-use.ts"

type Result = OutputOf<"rotation.automatic">

/** So many at a time: the next call goes on. */
const most = 1000

/**
 * Rotates what is due in keyrings whose policy has keys rotate by themselves: keys that were made here, and are in the vault. What can't be
 * rotated without a person is named.
 * @throws `CANCELLED`
 */
export function rotateWhatIsDue(parts: TokenUseParts, follow: FollowWork) {
  const rotate = rotateKey(parts, follow)
  return async (): Promise<Result> => {
    const vault = parts.session.current()
    const names = dueNames(vault)
    const result: Result = { rotated: [], notRotated: [] }
    if (names.length === 0) return result
    return await follow("rotation.automatic", async (work) => {
      for (const [done, name] of names.entries()) {
        step(work, done, names.length)
        const why = obstacle(vault, name)
        if (why !== null) result.notRotated.push({ key: name, why })
        else await rotateOne(name, result)
      }
      return result
    })
  }

  async function rotateOne(name: string, result: Result): Promise<void> {
    try {
      const { currentVersion: version } = await rotate({ name, reason: "it was due" })
      result.rotated.push({ key: name, version })
    } catch (error) {
      if (!(error instanceof VaultError) || error.code === "VAULT_LOCKED") throw error
      result.notRotated.push({ key: name, why: error.detail ?? error.code })
    }
  }
}

function dueNames(vault: OpenVault): string[] {
  const keyrings = vault.keyrings.list().filter((keyring) => vault.policies.of(keyring).automaticRotation)
  if (keyrings.length === 0) return []
  const named = new Set(keyrings.map(({ name }) => name))
  return vault.reports
    .dueKeys(timeOf(vault), most)
    .flatMap(({ name, keyring, event }) => (event === "rotation" && named.has(keyring) ? [name] : []))
}

/** What is in use elsewhere, too, can't change without whoever uses it there. */
function obstacle(vault: OpenVault, name: string): string | null {
  const { location, origin } = findKey(vault, name)
  if (location !== inVault) return "it is in a token, whose PIN a person has"
  return origin === "generated" ? null : "it was not made here, and may be in use elsewhere"
}
