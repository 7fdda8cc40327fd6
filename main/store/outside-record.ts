import { type KeyObject, timingSafeEqual } from "node:crypto"
import { readFileSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { z } from "zod"
import { canonicalBytes } from "../crypto/canonical-json.ts"
import { hmacSha256 } from "../crypto/hmac.ts"
import { replaceFile } from "../files/replace-file.ts"
import { hasErrorCode } from "../files/system-error.ts"
import { Base64, toBase64 } from "./base64.ts"
import { makeDirectory } from "./make-directory.ts"

const Mac = z.object({ mac: Base64.refine(({ length }) => length === 32, "is not 32 bytes long") })

/** Why there is nothing to compare with. */
export type NoContent = "unknown" | "failing" | "unreadable"

/** A small file in the user's configuration folder, MACed under a key of the vault that it is about. */
export class OutsideRecord<Content extends Readonly<Record<string, string | number>>> {
  readonly #path: string
  readonly #schema: z.ZodType<Content>
  readonly #macKey: KeyObject

  /** @param schema - of all members but `mac`, and strict */
  constructor(path: string, schema: z.ZodType<Content>, macKey: KeyObject) {
    this.#path = path
    this.#schema = schema
    this.#macKey = macKey
  }

  /**
   * `unknown` where there is no such file, or none that may be read; `failing` where it can't be read at present;
   * `unreadable` where it is not as it was written.
   */
  read(): Content | NoContent {
    try {
      // A pipe in its place would keep us waiting for ever.
      if (!statSync(this.#path).isFile()) return "unreadable"
      const { mac, ...rest } = z.looseObject(Mac.shape).parse(JSON.parse(readFileSync(this.#path, "utf8")))
      const content = this.#schema.parse(rest)
      return timingSafeEqual(mac, this.#macOf(content)) ? content : "unreadable"
    } catch (error) {
      if (hasErrorCode(error, "ENOENT", "ENOTDIR", "EACCES")) return "unknown"
      return error instanceof Error && "syscall" in error ? "failing" : "unreadable"
    }
  }

  /** Never fails: the change that it follows is durable already, and what is thrown now would say that it is not. */
  write(content: Content): void {
    const line = JSON.stringify({ ...content, mac: toBase64(this.#macOf(content)) })
    try {
      makeDirectory(dirname(this.#path))
      replaceFile(this.#path, new TextEncoder().encode(`${line}\n`))
    } catch {
      return
    }
  }

  #macOf(content: Content): Uint8Array {
    return hmacSha256(this.#macKey, canonicalBytes(content))
  }
}
