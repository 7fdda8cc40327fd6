import { z } from "zod"
import { FailureCodeText } from "../../preload/contract/failure-code.ts"
import { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import { Algorithm, Bytes, Mechanism, Pin, Purpose, TokenUriText } from "../../preload/contract/values.ts"

/** Which file its library is, and what people typed, it does not know. */
const ToldToken = Token.omit({ module: true, factoryPins: true })
const target = { uri: TokenUriText }
const keyTarget = { ...target, pin: Pin.nullable() }

const Cipher = z.discriminatedUnion("mechanism", [
  z.strictObject({ mechanism: z.literal("aes-gcm"), aad: Bytes }),
  z.strictObject({ mechanism: z.literal("rsa-oaep-sha256") }),
  z.strictObject({ mechanism: z.literal("rsa-oaep-sha1") }),
])

const Claim = z.boolean().nullable()
const TokenKeyReport = z.object({
  uri: TokenUriText,
  algorithm: Algorithm.nullable(),
  publicKey: Bytes.nullable(),
  claims: z.object({
    stays: Claim,
    private: Claim,
    sensitive: Claim,
    extractable: Claim,
    alwaysSensitive: Claim,
    neverExtractable: Claim,
    local: Claim,
    asksEachTime: Claim,
  }),
  usages: z.array(z.enum(["sign", "verify", "encrypt", "decrypt", "wrap", "unwrap", "derive"])),
})

/**
 * What main asks of the process that has a library loaded, and what may come back: from a process that runs foreign code, so
 * that all of it is checked.
 */
export const tokenCalls = {
  describe: {
    input: z.strictObject({}),
    output: z.object({
      library: TokenModule.shape.library.unwrap(),
      slots: z.int(),
      mechanisms: TokenModule.shape.mechanisms.unwrap(),
    }),
  },
  tokens: { input: z.strictObject({}), output: z.array(ToldToken).max(1000) },
  /** Their names alone: no token is asked what it can do. */
  shown: { input: z.strictObject({}), output: z.array(TokenUriText).max(1000) },
  probe: {
    input: z.strictObject(target),
    output: z.object({ isLoggedIn: z.boolean(), random: z.enum(["varied", "repeated", "none"]) }),
  },
  initialise: {
    input: z.strictObject({ ...target, label: z.string(), soPin: Pin }),
    output: ToldToken,
  },
  setUserPin: { input: z.strictObject({ ...target, soPin: Pin, newPin: Pin }), output: ToldToken },
  changePin: {
    input: z.strictObject({ ...target, kind: z.enum(["user", "so"]), pin: Pin, newPin: Pin }),
    output: ToldToken,
  },
  objects: { input: z.strictObject(keyTarget), output: z.array(TokenObject).max(10_000) },
  generate: {
    input: z.strictObject({ ...keyTarget, algorithm: Algorithm, purpose: Purpose, label: z.string() }),
    output: z.object({ uri: TokenUriText, publicKey: Bytes.nullable() }),
  },
  inspect: { input: z.strictObject(keyTarget), output: TokenKeyReport },
  transport: {
    input: z.strictObject(keyTarget),
    output: z.object({ publicKey: Bytes, mechanism: z.enum(["rsa-oaep-sha256", "rsa-oaep-sha1"]) }),
  },
  importKey: {
    input: z.strictObject({
      ...keyTarget,
      algorithm: Algorithm,
      purpose: Purpose,
      label: z.string(),
      publicKey: Bytes.nullable(),
      packed: Bytes,
    }),
    output: z.object({ uri: TokenUriText }),
  },
  destroy: {
    input: z.strictObject({ ...keyTarget, publicKey: Bytes.nullable() }),
    output: z.object({ objects: z.int() }),
  },
  sign: { input: z.strictObject({ ...keyTarget, mechanism: Mechanism, message: Bytes }), output: Bytes },
  encrypt: { input: z.strictObject({ ...keyTarget, plaintext: Bytes, aad: Bytes }), output: Bytes },
  /** `null`: it does not open. */
  decrypt: { input: z.strictObject({ ...keyTarget, cipher: Cipher, ciphertext: Bytes }), output: Bytes.nullable() },
  mac: { input: z.strictObject({ ...keyTarget, algorithm: Algorithm, message: Bytes }), output: Bytes },
  wrap: { input: z.strictObject({ ...keyTarget, packed: Bytes }), output: Bytes },
  unwrap: {
    input: z.strictObject({
      ...keyTarget,
      wrapping: z.enum(["aes-kwp", "rsa-oaep-sha256", "rsa-oaep-sha1"]),
      wrapped: Bytes,
    }),
    output: Bytes.nullable(),
  },
  agree: { input: z.strictObject({ ...keyTarget, peer: Bytes }), output: Bytes },
} as const satisfies Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>

/** What the process says once it runs and is about to load the library: from then on the library's time counts. */
export const hostStarted = "started"

type Calls = typeof tokenCalls
export type TokenCallName = keyof Calls
export type TokenCallInput<Name extends TokenCallName> = z.output<Calls[Name]["input"]>
export type TokenCallOutput<Name extends TokenCallName> = z.output<Calls[Name]["output"]>
/** What does each of them, in the process of the library. */
export type Driver = { readonly [Name in TokenCallName]: (input: TokenCallInput<Name>) => TokenCallOutput<Name> }

const isCallName = (name: unknown): boolean => typeof name === "string" && Object.hasOwn(tokenCalls, name)

export const TokenRequest = z.strictObject({
  id: z.int(),
  call: z.custom<TokenCallName>(isCallName),
  input: z.unknown(),
})
export type TokenRequest = z.infer<typeof TokenRequest>

export const TokenReply = z.union([
  z.strictObject({ id: z.int(), ok: z.literal(true), result: z.unknown() }),
  z.strictObject({
    id: z.int(),
    ok: z.literal(false),
    code: FailureCodeText,
    detail: z.string().max(2000).nullable(),
    /** Whether this process will answer no other way any more. */
    isFinal: z.boolean(),
  }),
])
export type TokenReply = z.infer<typeof TokenReply>
