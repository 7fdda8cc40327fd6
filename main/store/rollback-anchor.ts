import { type KeyObject, timingSafeEqual } from "node:crypto"
import { mkdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { z } from "zod"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import type { ChainHead } from "../domain/audit-entry.ts"
import { Base64, toBase64 } from "./base64.ts"
import { replaceFile } from "./replace-file.ts"
import { hasErrorCode } from "./system-error.ts"

const Instance = z.strictObject({ seq: z.int().nonnegative(), hash: z.string() })
const Anchor = z.strictObject({ vaultId: z.uuid(), instances: z.record(z.uuid(), Instance), mac: Base64 })
type Instances = z.infer<typeof Anchor>["instances"]

/** What the anchor has to say of a vault that is being opened. */
export type AnchorVerdict = "unknown" | "agrees" | "older" | "differs" | "unreadable"

/**
 * The newest state that was seen of a vault, kept outside its folder and MACed: an older copy put back in the vault's
 * place does not agree with it. A restored backup is an instance of its own, with a history of its own.
 */
export class RollbackAnchor {
  readonly #path: string
  readonly #vaultId: string
  readonly #instanceId: string
  readonly #macKey: KeyObject
  #instances: Instances = {}

  constructor(configDirectory: string, vaultId: string, instanceId: string, macKey: KeyObject) {
    this.#path = anchorPath(configDirectory, vaultId)
    this.#vaultId = vaultId
    this.#instanceId = instanceId
    this.#macKey = macKey
  }

  /** @param hashAt - the hash of a row of this vault, or `null` when it has no such row */
  judge(hashAt: (seq: number) => Uint8Array | null): AnchorVerdict {
    const instances = readAnchor(this.#path, this.#vaultId, this.#macKey)
    if (instances === "unreadable") return "unreadable"
    this.#instances = instances
    const seen = instances[this.#instanceId]
    if (seen === undefined) return "unknown"
    if (seen.seq === 0) return "agrees"
    const hash = hashAt(seen.seq)
    if (hash === null) return "older"
    return toBase64(hash) === seen.hash ? "agrees" : "differs"
  }

  /** Remembers a head. Best effort: a change that is done is not undone because it can't be remembered elsewhere. */
  remember({ seq, hash }: ChainHead): void {
    this.#instances = { ...this.#instances, [this.#instanceId]: { seq, hash: toBase64(hash) } }
    writeAnchor(this.#path, this.#vaultId, this.#instances, this.#macKey)
  }
}

function readAnchor(path: string, vaultId: string, macKey: KeyObject): Instances | "unreadable" {
  try {
    const { mac, ...anchor } = Anchor.parse(JSON.parse(readFileSync(path, "utf8")))
    const isGenuine = mac.length === 32 && timingSafeEqual(mac, hmacSha256(macKey, canonicalBytes(anchor)))
    return isGenuine && anchor.vaultId === vaultId ? anchor.instances : "unreadable"
  } catch (error) {
    return hasErrorCode(error, "ENOENT", "ENOTDIR", "EACCES") ? {} : "unreadable"
  }
}

function writeAnchor(path: string, vaultId: string, instances: Instances, macKey: KeyObject): void {
  const anchor = { vaultId, instances }
  const mac = toBase64(hmacSha256(macKey, canonicalBytes(anchor)))
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    replaceFile(path, new TextEncoder().encode(`${JSON.stringify({ ...anchor, mac })}\n`))
  } catch (error) {
    if (!hasErrorCode(error, "EACCES", "EPERM", "EROFS", "ENOSPC", "ENOENT", "ENOTDIR", "EIO", "EDQUOT")) throw error
  }
}

function anchorPath(configDirectory: string, vaultId: string): string {
  return join(configDirectory, "anchors", `${vaultId}.json`)
}

/** Puts an anchor that was written under an old key under the new one; what neither key wrote is left as it is. */
export function moveAnchor(configDirectory: string, vaultId: string, oldMacKey: KeyObject, newMacKey: KeyObject): void {
  const path = anchorPath(configDirectory, vaultId)
  const instances = readAnchor(path, vaultId, oldMacKey)
  if (instances !== "unreadable" && Object.keys(instances).length > 0) writeAnchor(path, vaultId, instances, newMacKey)
}
