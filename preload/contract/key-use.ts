import { z } from "zod"
import { KeyObject } from "./key-object.ts"
import { NewKeyName } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { DataKeyLabel } from "./rotation.ts"
import { Bytes, Id, KeyAlgorithm, KeyName, Mechanism, Pin, Purpose, Reason } from "./values.ts"

/** Of the token that the key is in. */
const pin = { pin: Pin.optional() }
const use = { name: KeyName, version: z.int().min(1).optional(), mechanism: Mechanism.optional(), ...pin }
/** Why what a compromised version protected is opened, or trusted, all the same. */
const excuse = { reason: Reason.optional() }
const used = { keyId: Id, keyVersion: z.int() }

/** Text tokens `claviger:1:KEYID:VERSION:BASE64URL` (cli.md, "Bytes"). */
const Token = z.string().max(4_000_000)

const derivation = {
  salt: Bytes.default(() => new Uint8Array(0)),
  info: Bytes.default(() => new Uint8Array(0)),
  bits: z.int().min(8).max(65_536).multipleOf(8).default(256),
  /** Keeps the secret in the vault, as a key that nobody sees; else it is handed out. */
  as: z.strictObject({ name: NewKeyName, algorithm: KeyAlgorithm, purpose: Purpose.optional() }).optional(),
}

/** What a key does for others. Outputs named `plaintext` and `derived` carry a secret: the operations whose job that is. */
export const keyUseOperations = {
  "key.sign": {
    input: z.strictObject({ ...use, message: Bytes }),
    output: z.object({ ...used, signature: Bytes, mechanism: Mechanism }),
  },
  "key.verify": {
    input: z.strictObject({ ...use, ...excuse, message: Bytes, signature: Bytes }),
    output: z.object({ ...used, valid: z.boolean(), mechanism: Mechanism }),
  },
  "key.encrypt": {
    input: z.strictObject({ ...use, plaintext: Bytes }),
    output: z.object({ ...used, ciphertext: Token, mechanism: Mechanism }),
  },
  "key.decrypt": {
    input: z.strictObject({ ...use, ...excuse, ciphertext: Bytes }),
    output: z.object({ ...used, plaintext: Bytes }),
  },
  "key.mac": {
    input: z.strictObject({ ...use, message: Bytes }),
    output: z.object({ ...used, mac: Bytes, mechanism: Mechanism }),
  },
  "key.datakey": {
    input: z.strictObject({
      name: KeyName,
      bits: z.union([z.literal(128), z.literal(192), z.literal(256), z.literal(384), z.literal(512)]).default(256),
      wrappedOnly: z.boolean().default(false),
      /** Keeps the wrapped form in the vault too, under this label, so that it moves when the key rotates. */
      register: DataKeyLabel.optional(),
      ...pin,
    }),
    output: z.object({ ...used, plaintext: Bytes.optional(), wrapped: Token }),
  },
  "key.wrap": {
    input: z.strictObject({
      ...use,
      /** What is wrapped: another key of the vault, or bytes from outside. */
      secret: z.union([
        z.strictObject({ key: KeyName, version: z.int().min(1).optional() }),
        z.strictObject({ bytes: Bytes }),
      ]),
    }),
    /** A token's text, or with a mechanism of other programs their bare bytes. */
    output: z.object({ ...used, mechanism: Mechanism, wrapped: Bytes, isToken: z.boolean() }),
  },
  "key.unwrap": {
    input: z.strictObject({ ...use, ...excuse, wrapped: Bytes }),
    output: z.object({ ...used, plaintext: Bytes }),
  },
  "key.derive": {
    input: z.strictObject({
      ...use,
      /** The other side's public key, PEM or DER. */
      peer: Bytes.optional(),
      /** What the other side encapsulated for this key. */
      ciphertext: Bytes.optional(),
      ...derivation,
    }),
    output: z.object({ ...used, mechanism: Mechanism, derived: Bytes.optional(), key: KeyObject.optional() }),
  },
  "key.encapsulate": {
    input: z.strictObject({
      /** The other side's public key, PEM or DER. */
      peer: Bytes,
      mechanism: Mechanism.optional(),
      ...derivation,
    }),
    output: z.object({
      mechanism: Mechanism,
      /** For the other side, who derives the same secret from it. */
      ciphertext: Bytes,
      derived: Bytes.optional(),
      key: KeyObject.optional(),
    }),
  },
  "key.rewrap": {
    input: z.strictObject({ name: KeyName, wrapped: Bytes, ...pin }),
    output: z.object({ ...used, wrapped: Token, fromVersion: z.int() }),
  },
} as const satisfies Record<string, Operation>
