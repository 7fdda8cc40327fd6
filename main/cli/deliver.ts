import { Secret } from "../domain/secret.ts"
import type { Context } from "./context.ts"
import { checkOutput, writeOutput } from "./output-file.ts"

export interface Delivery {
  /** What goes into the file or to standard output; wiped afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly isSecret: boolean
  /** What the answer says wherever the bytes go. */
  readonly about: object
  /** What the answer says instead when the bytes go nowhere else: asked only then, since it may be a secret's text. */
  readonly inline: (bytes: Uint8Array) => object
}

export interface Destination {
  /** A file, `-` for standard output, or nothing: then the result is in the answer. */
  readonly out: string | undefined
  readonly force: boolean
}

/** Makes a result and brings it where it was asked for. The place is checked first, so that no work is done in vain. */
export async function deliver(
  context: Context,
  { out, force }: Destination,
  make: () => Promise<Delivery>,
): Promise<object | null> {
  if (out !== undefined && out !== "-") checkOutput(context.vaultPath, out, force)
  const { bytes, isSecret, about, inline } = await make()
  using content = new Secret(bytes)
  if (isSecret && (out === undefined || out === "-")) context.warnOfSecret("--out FILE keeps it out of sight")
  if (out === undefined || (out === "-" && context.isJson)) return { ...inline(content.bytes), ...about }
  if (out === "-") {
    await context.writeBytes(content.bytes)
    return null
  }
  const path = writeOutput(out, content.bytes, force)
  return { path, ...about, bytes: content.bytes.length }
}
