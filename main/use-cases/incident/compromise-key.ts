import type { Incident, IncidentStep, StepName } from "../../../preload/contract/incident.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { concernedVersions, withCompromised } from "../../domain/compromise.ts"
import { firstSteps } from "../../domain/incident.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { keyWithId } from "../key/key-named.ts"
import { keyObject, timeOf } from "../key/key-object.ts"
import { type Damage, damageOf } from "./blast-radius.ts"
import { actionsOf } from "./incident-object.ts"

/**
 * Contains a compromise at once, and opens the incident that tracks the answer to it: both in one transaction. A rehearsal opens the
 * incident alone.
 * @throws `NOT_FOUND`, `INVALID_INPUT`, `STATE_DENIED` when the key is destroyed, or compromised already
 */
export function compromiseKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async (input: InputOf<"key.compromise">): Promise<OutputOf<"key.compromise">> => {
    const { name, reason, since, version, rehearse } = input
    const vault = session.current()
    const damage = await damageOf(vault, crypto, { name, version, since })
    const incident = vault.journal.record(() => {
      // Read once more: what became of the key while the log was gone through is concerned too.
      const before = keyWithId(vault, damage.key.id)
      const concerned = concernedVersions(before, version)
      const made = opened(
        vault,
        crypto.newId(vault.now()),
        { ...damage, key: before, concerned },
        { reason, since: since ?? null, rehearsal: rehearse },
      )
      const { versions } = made
      const after = rehearse ? before : withCompromised(before, versions)
      if (!rehearse) vault.keys.update(before, after)
      const about = { reason, versions, rehearsal: rehearse, ...(since === undefined ? {} : { since }) }
      const entry = {
        action: "key.compromise",
        target: after.name,
        detail: { ...about, incident: vault.incidents.put(made) },
      }
      return { entry: rehearse ? { ...entry, usedKeyId: after.id } : { ...entry, key: after }, result: made }
    })
    return {
      incident: incident.id,
      rehearsal: rehearse,
      key: keyObject(vault, keyWithId(vault, damage.key.id)),
      blastRadius: incident.blastRadius,
      actions: actionsOf(vault, incident),
    }
  }
}

function opened(
  vault: OpenVault,
  id: string,
  { key, concerned, blastRadius }: Damage,
  about: Pick<Incident, "reason" | "since" | "rehearsal">,
): Incident {
  const at = timeOf(vault)
  return {
    id,
    key: { id: key.id, name: key.name },
    ...about,
    versions: concerned.map(({ version }) => version),
    openedAt: at,
    closedAt: null,
    rootCause: null,
    blastRadius: [...blastRadius],
    steps: firstSteps({
      at,
      owner: key.owner,
      settled: settledAtOnce({ key, concerned, blastRadius }, about.rehearsal),
    }),
  }
}

/** What the opening itself does, and what there is nothing to do about. */
function settledAtOnce(
  { concerned, blastRadius }: Damage,
  isRehearsal: boolean,
): Partial<Record<StepName, Pick<IncidentStep, "state" | "note">>> {
  const hasProtected = blastRadius.some(
    ({ kind }) => kind === "data-keys" || kind === "ciphertexts" || kind === "files",
  )
  const hasPublicHalf = concerned.some(({ publicKey }) => publicKey !== null)
  return {
    ...(isRehearsal ? {} : { contain: { state: "done", note: null } }),
    ...(hasProtected
      ? {}
      : { rewrap: { state: "not-needed", note: "The log knows of nothing that was protected by it." } }),
    ...(hasPublicHalf ? {} : { revoke: { state: "not-needed", note: "It has no public half that others trust." } }),
  }
}
