import type { Key } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { type AdoptionFinding, findingsOfAdoption } from "../../domain/token-findings.ts"

/** How a key that was in a token before falls short of one that we would have made there, until a version of ours takes its place. */
export function adoptionFindings(
  vault: OpenVault,
  { id, name, origin, location, state, currentVersion }: Key,
): AdoptionFinding[] {
  if (origin !== "imported" || location === "vault" || state === "destroyed") return []
  const adoption = vault.traces.adoption(id)
  return adoption?.version === currentVersion ? findingsOfAdoption(name, adoption.rules) : []
}
