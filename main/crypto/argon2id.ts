import { Secret } from "../domain/secret.ts"

const version = 0x13

/** What one derivation costs: memory in KiB, passes over it, lanes that work side by side. */
export interface Argon2idCost {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

export interface Argon2idParameters extends Argon2idCost {
  /** 8 bytes or more; ours have at least 16. */
  readonly salt: Uint8Array
}

/** The variants of RFC 9106; ours is always Argon2id. */
export type Argon2Kind = "argon2id" | "argon2i" | "argon2d"

/**
 * Argon2id version 1.3 (RFC 9106), on threads of their own. Check the parameters first: this runs whatever it is asked.
 * @param size - of the key, in bytes
 * @throws Error when the machine has not the memory
 */
export function argon2id(passphrase: Secret, parameters: Argon2idParameters, size = 32): Promise<Secret> {
  return argon2("argon2id", passphrase, parameters, size)
}

/**
 * Any variant of Argon2 version 1.3, for files of others; as `argon2id` but for the variant.
 * @param size - of the key, in bytes
 */
export async function argon2(
  kind: Argon2Kind,
  passphrase: Secret,
  parameters: Argon2idParameters,
  size: number,
): Promise<Secret> {
  using copy = Secret.copyOf(passphrase.bytes)
  // To load it takes about as long as to start Node.js: it comes when somebody derives.
  const library = await import("argon2")
  const output = await library.hash(uncopied(copy.bytes.buffer), {
    raw: true,
    type: library[kind],
    version,
    hashLength: size,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    salt: Buffer.from(parameters.salt),
  })
  const derived = Secret.copyOf(output)
  output.fill(0)
  return derived
}

/**
 * The library calls Buffer.from on the passphrase, which would leave a copy in Node's shared pool, for nobody to wipe.
 * Of an object with a value of its own Buffer.from takes the value, and of an ArrayBuffer it takes the very memory.
 */
function uncopied(memory: ArrayBuffer): Buffer {
  return Object.assign(Buffer.from(memory), { valueOf: () => memory })
}
