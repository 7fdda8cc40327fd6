import { z } from "zod"
import { newKeyMetadata } from "./key-metadata.ts"
import { KeyObject } from "./key-object.ts"
import { NewKeyName, NewLabel } from "./new-names.ts"
import type { Operation } from "./operation.ts"
import { HealthCause, TokenHealth } from "./token-health.ts"
import { Token, TokenModule, TokenObject } from "./token-object.ts"
import { UsbDevice } from "./usb-device.ts"
import { KeyName, Path, Pin, Purpose, TokenUriText } from "./values.ts"

/** `warnings`: what a person should know. */
const NewTokenKey = KeyObject.extend({ warnings: z.array(z.string()) })

/** A key in a token does not leave it. */
const { exportable: _, ...metadata } = newKeyMetadata

const OfVault = z.object({
  /** URI of the token. */
  token: z.string(),
  /** Names of the keys that have a version in it. */
  keys: z.array(z.string()),
  /** Names of the keyrings that it holds. */
  keyrings: z.array(z.string()),
  /** How many keyslots it opens. */
  keyslots: z.int(),
})
export type OfVault = z.infer<typeof OfVault>

const target = { uri: TokenUriText }

export const tokenOperations = {
  "token.modules": { input: z.strictObject({}), output: z.object({ modules: z.array(TokenModule) }) },
  "token.modules.add": {
    input: z.strictObject({ path: Path, parameters: z.string().min(1).max(4096).optional() }),
    output: TokenModule,
  },
  "token.modules.remove": { input: z.strictObject({ path: Path }), output: z.object({ path: z.string() }) },
  /** What is plugged in that keys could be in; `isWatched`: what comes and goes is announced. */
  "token.usb": {
    input: z.strictObject({}),
    output: z.object({ isWatched: z.boolean(), devices: z.array(UsbDevice) }),
  },
  "token.list": {
    input: z.strictObject({}),
    output: z.object({
      tokens: z.array(Token),
      /** Libraries that were not asked, because they hung a short while ago; `token.modules` asks them again. */
      leftOut: z.array(z.object({ path: z.string(), reason: z.string() })),
      /** What of the vault is in each of them, while one is open: it would be lost with the token. */
      ofVault: z.array(OfVault),
    }),
  },
  "token.show": { input: z.strictObject(target), output: Token },
  "token.objects": {
    input: z.strictObject({ ...target, pin: Pin.optional() }),
    output: z.object({ objects: z.array(TokenObject) }),
  },
  /** Erases what is in the token. */
  "token.init": {
    input: z.strictObject({ ...target, label: NewLabel, soPin: Pin, confirmed: z.boolean() }),
    output: Token,
  },
  "token.init-pin": { input: z.strictObject({ ...target, soPin: Pin, newPin: Pin }), output: Token },
  "token.change-pin": {
    input: z.strictObject({ ...target, who: z.enum(["user", "so"]).default("user"), pin: Pin, newPin: Pin }),
    output: Token,
  },
  /** Takes a key that is in a token already into the inventory: it stays where it is. */
  "token.adopt": {
    input: z.strictObject({
      ...target,
      pin: Pin.optional(),
      name: NewKeyName,
      /** Its one job, where its attributes allow several. */
      purpose: Purpose.optional(),
      ...metadata,
    }),
    /** `findings` say how it differs from a key that is made there from here. */
    output: NewTokenKey,
  },
  /** Puts a copy of a key of the vault into a token, as a key of its own. */
  "token.import": {
    input: z.strictObject({
      ...target,
      pin: Pin.optional(),
      name: NewKeyName,
      /** The key of the vault, which must be exportable: `wrapped` or `yes`. */
      key: KeyName,
      version: z.int().min(1).optional(),
      ...metadata,
    }),
    output: NewTokenKey,
  },
  /** Looks whether tokens are well: one, or all that are there or hold keys of the vault. What is found is kept. */
  "token.health": {
    input: z
      .strictObject({
        uri: TokenUriText.optional(),
        /** To try the keys of the vault that are in it; without one, an earlier login will do. */
        pin: Pin.optional(),
        /** Whether to refuse, with `PIN_INCORRECT`, what else would be left out for want of a PIN. */
        wantsPin: z.boolean().default(false),
        cause: HealthCause.default("asked"),
      })
      .refine(({ uri, pin, wantsPin }) => uri !== undefined || (pin === undefined && !wantsPin), {
        path: ["pin"],
        message: "it is one token's: say which",
      })
      .refine(({ cause, pin, wantsPin }) => cause === "asked" || (pin === undefined && !wantsPin), {
        path: ["pin"],
        message: "it is not asked for unless somebody is there",
      }),
    output: z.object({ tokens: z.array(TokenHealth) }),
  },
  /** What was found before, the newest first. */
  "token.health.history": {
    input: z.strictObject({ uri: TokenUriText.optional(), limit: z.int().min(1).max(1000).default(100) }),
    output: z.object({ reports: z.array(TokenHealth) }),
  },
} as const satisfies Record<string, Operation>
