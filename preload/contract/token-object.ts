import { z } from "zod"
import { Algorithm, Bytes } from "./values.ts"

const Text = z.string().max(10_000)

/** A PKCS#11 library that is known here. */
export const TokenModule = z.object({
  path: Text,
  /** What it is for, in words. */
  name: Text,
  /** Whether a person named it; else it is one that is looked for everywhere. */
  isAdded: z.boolean(),
  /** What it is told when it starts, as some libraries ask for; `null`: nothing. */
  parameters: Text.nullable(),
  state: z.enum(["usable", "absent", "refused", "failed"]),
  /** Why it is not usable. */
  reason: Text.nullable(),
  /** What it says of itself, when it is usable. */
  library: z.object({ description: Text, manufacturer: Text, version: Text, cryptoki: Text }).nullable(),
  /** How many places for tokens it has, in use or not. */
  slots: z.int().nullable(),
  /** What the tokens in them can do, taken together; none where no token is there. */
  mechanisms: z.array(Text).max(1000).nullable(),
})
export type TokenModule = z.infer<typeof TokenModule>

/** What the flags say of one of a token's PINs; `unset` is a PIN that nobody has chosen yet. */
export const PinState = z.enum(["unset", "set", "count-low", "final-try", "locked"])
export type PinState = z.infer<typeof PinState>

/** A token as it describes itself: claims, which nothing proves. */
export const Token = z.object({
  /** Names it by label, manufacturer, model and serial (RFC 7512). */
  uri: Text,
  module: Text,
  slot: Text,
  /** By which a URI tells apart what bears no name yet: `slot-id`. */
  slotId: z.number(),
  label: Text,
  manufacturer: Text,
  model: Text,
  serial: Text,
  hardwareVersion: Text,
  firmwareVersion: Text,
  /** Whether the slot is a device's; else it is software, whatever it is called. */
  isHardware: z.boolean(),
  isInitialised: z.boolean(),
  isWriteProtected: z.boolean(),
  /** Whether the PIN is typed on the reader itself. */
  hasPinPad: z.boolean(),
  userPin: PinState,
  soPin: PinState,
  mustChangePin: z.boolean(),
  /** Whose PIN, as far as it was typed here, is one that such tokens come with. */
  factoryPins: z.array(z.enum(["user", "so"])),
  /** In bytes; what we take where the token tells nothing that can be. Some tell of the user's PIN alone. */
  pinLength: z.object({ least: z.number(), most: z.number() }),
  /** Bytes; `null` where the token does not tell. */
  freeMemory: z.number().nullable(),
  /** Names as PKCS#11 has them, such as CKM_ECDSA; unknown ones by number. */
  mechanisms: z.array(Text).max(1000),
})
export type Token = z.infer<typeof Token>

/** Something in a token. */
export const TokenObject = z.object({
  uri: Text,
  kind: z.enum(["public-key", "private-key", "secret-key", "certificate", "data", "other"]),
  label: Text,
  id: Bytes,
  /** `null` for what is no key, or of a kind that we do not know. */
  algorithm: Algorithm.nullable(),
  /** SubjectPublicKeyInfo DER, of a public key. */
  publicKey: Bytes.nullable(),
  /** What the token says; `null` where it does not. */
  claims: z.object({
    sensitive: z.boolean().nullable(),
    extractable: z.boolean().nullable(),
    local: z.boolean().nullable(),
  }),
})
export type TokenObject = z.infer<typeof TokenObject>
