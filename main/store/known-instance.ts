import type { KeyObject } from "node:crypto"
import { join } from "node:path"
import { z } from "zod"
import { sha256 } from "../crypto/hmac.ts"
import type { AnchorPlace } from "./anchor-place.ts"
import { type NoContent, OutsideRecord } from "./outside-record.ts"

/**
 * Which instance of a vault stood in a folder when it was last open there, MACed as the anchor is; of the folder's path
 * only the SHA-256 is written down. Each instance has an
 * anchor of its own: without this record a restored drill copy, put in the vault's place, would agree with its own.
 */
export class KnownInstance {
  readonly #place: AnchorPlace
  readonly #record: ReturnType<typeof recordOf>
  #isRemembered = false

  constructor(place: AnchorPlace, macKey: KeyObject) {
    this.#place = place
    this.#record = recordOf(place, macKey)
  }

  judge(): NoContent | "agrees" | "another" {
    const seen = this.#record.read()
    if (typeof seen === "string") return seen
    return seen.instanceId === this.#place.instanceId ? "agrees" : "another"
  }

  remember(): void {
    if (this.#isRemembered) return
    this.#isRemembered = true
    const { vaultId, instanceId } = this.#place
    if (this.judge() !== "agrees") this.#record.write({ vaultId, place: nameOf(this.#place), instanceId })
  }
}

/** Puts the record under the new key after a rekey. */
export function moveKnownInstance(place: AnchorPlace, oldMacKey: KeyObject, newMacKey: KeyObject): void {
  const seen = recordOf(place, oldMacKey).read()
  if (typeof seen !== "string") recordOf(place, newMacKey).write(seen)
}

function recordOf(place: AnchorPlace, macKey: KeyObject) {
  const { configDirectory, vaultId } = place
  const name = nameOf(place)
  const Known = z.strictObject({ vaultId: z.literal(vaultId), place: z.literal(name), instanceId: z.uuid() })
  return new OutsideRecord(join(configDirectory, "places", vaultId, `${name}.json`), Known, macKey)
}

function nameOf({ path }: AnchorPlace): string {
  return Buffer.from(sha256(path)).toString("hex")
}
