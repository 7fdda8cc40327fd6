/**
 * Frees memory that native code made, now: for a long stream, waiting for the garbage collector would take hundreds of MiB.
 * @param bytes - all of their buffer; not used any more
 */
export function letGo({ buffer }: Uint8Array<ArrayBuffer>): void {
  if (!buffer.detached) buffer.transfer(0)
}
