import type { KeyObject } from "node:crypto"
import { join } from "node:path"
import { z } from "zod"
import type { ChainHead } from "../domain/audit-entry.ts"
import type { AnchorPlace } from "./anchor-place.ts"
import { toBase64 } from "./base64.ts"
import { KnownInstance, moveKnownInstance } from "./known-instance.ts"
import { type NoContent, OutsideRecord } from "./outside-record.ts"

/** What the anchor has to say of a vault that is being opened. */
export type AnchorVerdict = NoContent | "agrees" | "older" | "differs" | "another"

/**
 * The newest state that was seen of a vault, kept outside its folder and MACed: an older copy put back in the vault's
 * place does not agree with it.
 */
export class RollbackAnchor {
  readonly #place: AnchorPlace
  readonly #record: ReturnType<typeof recordOf>
  readonly #known: KnownInstance

  constructor(place: AnchorPlace, macKey: KeyObject) {
    this.#place = place
    this.#record = recordOf(place, macKey)
    this.#known = new KnownInstance(place, macKey)
  }

  /** @param hashAt - the hash of a row of this vault, or `null` when it has no such row */
  judge(hashAt: (seq: number) => Uint8Array | null): AnchorVerdict {
    const known = this.#known.judge()
    if (known !== "unknown" && known !== "agrees") return known
    const seen = this.#record.read()
    if (typeof seen === "string") return seen
    const hash = hashAt(seen.seq)
    if (hash === null) return "older"
    return toBase64(hash) === seen.hash ? "agrees" : "differs"
  }

  /** Remembers a head. Best effort: a change that is done is not undone because it can't be remembered elsewhere. */
  remember({ seq, hash }: ChainHead): void {
    const { vaultId, instanceId } = this.#place
    this.#record.write({ vaultId, instanceId, seq, hash: toBase64(hash) })
    this.#known.remember()
  }
}

/** Puts an anchor that was written under an old key under the new one; what the old key did not write stays. */
export function moveAnchor(place: AnchorPlace, oldMacKey: KeyObject, newMacKey: KeyObject): void {
  const seen = recordOf(place, oldMacKey).read()
  if (typeof seen !== "string") recordOf(place, newMacKey).write(seen)
  moveKnownInstance(place, oldMacKey, newMacKey)
}

function recordOf({ configDirectory, vaultId, instanceId }: AnchorPlace, macKey: KeyObject) {
  const Anchor = z.strictObject({
    vaultId: z.literal(vaultId),
    instanceId: z.literal(instanceId),
    seq: z.int().nonnegative(),
    hash: z.string(),
  })
  return new OutsideRecord(join(configDirectory, "anchors", vaultId, `${instanceId}.json`), Anchor, macKey)
}
