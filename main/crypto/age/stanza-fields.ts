import { decodeBase64, encodeBase64 } from "../formats/base64.ts"
import { invalidFile } from "./invalid-file.ts"
import type { Stanza } from "./stanza.ts"

/** Bytes as an argument of a stanza. */
export function argumentOf(bytes: Uint8Array): string {
  return Buffer.from(encodeBase64(bytes, "base64-unpadded")).toString("latin1")
}

/** @throws INVALID_INPUT unless the stanza has so many arguments behind its type */
export function requireArguments({ type, args }: Stanza, count: number): void {
  if (args.length !== count) throw invalidFile(`a stanza of ${type} with another number of arguments`)
}

/** The bytes that an argument stands for. @throws INVALID_INPUT for anything but the canonical encoding of `size` bytes */
export function argumentBytes({ type, args }: Stanza, index: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = decodeBase64(Buffer.from(args[index] ?? "", "latin1"), "base64-unpadded")
  if (bytes === null || bytes.length !== size) throw invalidFile(`argument ${index + 1} of a stanza of ${type}`)
  return bytes
}
