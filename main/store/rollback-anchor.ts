import { type KeyObject, timingSafeEqual } from "node:crypto"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { z } from "zod"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { Base64, toBase64 } from "./base64.ts"
import { makeDirectory } from "./make-directory.ts"
import { replaceFile } from "./replace-file.ts"
import { hasErrorCode } from "./system-error.ts"

const Anchor = z.strictObject({
  vaultId: z.uuid(),
  instanceId: z.uuid(),
  seq: z.int().nonnegative(),
  hash: z.string(),
  mac: Base64.refine(({ length }) => length === 32, "is not 32 bytes long"),
})
type Seen = Pick<z.infer<typeof Anchor>, "seq" | "hash">

/** What the anchor has to say of a vault that is being opened. */
export type AnchorVerdict = "unknown" | "agrees" | "older" | "differs" | "unreadable"

/** Whose anchor it is: a vault, and which copy of it. A restored backup is an instance with a history of its own. */
export interface AnchorPlace {
  readonly configDirectory: string
  readonly vaultId: string
  readonly instanceId: string
}

/**
 * The newest state that was seen of a vault, kept outside its folder and MACed: an older copy put back in the vault's
 * place does not agree with it.
 */
export class RollbackAnchor {
  readonly #place: AnchorPlace
  readonly #macKey: KeyObject

  constructor(place: AnchorPlace, macKey: KeyObject) {
    this.#place = place
    this.#macKey = macKey
  }

  /** @param hashAt - the hash of a row of this vault, or `null` when it has no such row */
  judge(hashAt: (seq: number) => Uint8Array | null): AnchorVerdict {
    const seen = read(this.#place, this.#macKey)
    if (seen === "unknown" || seen === "unreadable") return seen
    const hash = hashAt(seen.seq)
    if (hash === null) return "older"
    return toBase64(hash) === seen.hash ? "agrees" : "differs"
  }

  /** Remembers a head. Best effort: a change that is done is not undone because it can't be remembered elsewhere. */
  remember({ seq, hash }: ChainHead): void {
    write(this.#place, { seq, hash: toBase64(hash) }, this.#macKey)
  }
}

/** Puts an anchor that was written under an old key under the new one; what the old key did not write stays. */
export function moveAnchor(place: AnchorPlace, oldMacKey: KeyObject, newMacKey: KeyObject): void {
  const seen = read(place, oldMacKey)
  if (seen !== "unknown" && seen !== "unreadable") write(place, seen, newMacKey)
}

function read(place: AnchorPlace, macKey: KeyObject): Seen | "unknown" | "unreadable" {
  try {
    const { mac, ...anchor } = Anchor.parse(JSON.parse(readFileSync(pathOf(place), "utf8")))
    const isGenuine = timingSafeEqual(mac, hmacSha256(macKey, canonicalBytes(anchor)))
    const isOurs = anchor.vaultId === place.vaultId && anchor.instanceId === place.instanceId
    return isGenuine && isOurs ? anchor : "unreadable"
  } catch (error) {
    return hasErrorCode(error, "ENOENT", "ENOTDIR", "EACCES") ? "unknown" : "unreadable"
  }
}

/** Never fails: the change that it follows is durable already, and what is thrown now would say that it is not. */
function write(place: AnchorPlace, { seq, hash }: Seen, macKey: KeyObject): void {
  const { vaultId, instanceId } = place
  const anchor = { vaultId, instanceId, seq, hash }
  const mac = toBase64(hmacSha256(macKey, canonicalBytes(anchor)))
  try {
    makeDirectory(dirname(pathOf(place)))
    replaceFile(pathOf(place), new TextEncoder().encode(`${JSON.stringify({ ...anchor, mac })}\n`))
  } catch {
    return
  }
}

function pathOf({ configDirectory, vaultId, instanceId }: AnchorPlace): string {
  return join(configDirectory, "anchors", vaultId, `${instanceId}.json`)
}
