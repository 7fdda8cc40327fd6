import { readFileSync } from "node:fs"
import type { z } from "zod"

/** A file of test/vectors, checked. @param path - such as "bip39/trezor.json" */
export function readVectors<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(new URL(`../../vectors/${path}`, import.meta.url), "utf8")))
}

export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"))
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}

export function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf8"))
}

export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8")
}
