import { z } from "zod"
import { FailureCodeText } from "../../preload/contract/failure-code.ts"
import { Token, TokenModule, TokenObject } from "../../preload/contract/token-object.ts"
import { Algorithm, Bytes, Mechanism, Pin, Purpose, TokenUriText } from "../../preload/contract/values.ts"

const target = { uri: TokenUriText }
const keyTarget = { ...target, pin: Pin.nullable() }

/**
 * What main asks of the process that has a library loaded, and what may come back: from a process that runs foreign code, so
 * that all of it is checked.
 */
export const tokenCalls = {
  describe: {
    input: z.strictObject({}),
    output: z.object({ library: TokenModule.shape.library.unwrap(), slots: z.int() }),
  },
  tokens: { input: z.strictObject({}), output: z.array(Token.omit({ module: true })).max(1000) },
  initialise: {
    input: z.strictObject({ ...target, label: z.string(), soPin: Pin }),
    output: Token.omit({ module: true }),
  },
  setUserPin: { input: z.strictObject({ ...target, soPin: Pin, newPin: Pin }), output: Token.omit({ module: true }) },
  changePin: {
    input: z.strictObject({ ...target, kind: z.enum(["user", "so"]), pin: Pin, newPin: Pin }),
    output: Token.omit({ module: true }),
  },
  objects: { input: z.strictObject(keyTarget), output: z.array(TokenObject).max(10_000) },
  generate: {
    input: z.strictObject({ ...keyTarget, algorithm: Algorithm, purpose: Purpose, label: z.string() }),
    output: z.object({ uri: TokenUriText, publicKey: Bytes.nullable() }),
  },
  destroy: { input: z.strictObject(keyTarget), output: z.object({ objects: z.int() }) },
  sign: { input: z.strictObject({ ...keyTarget, mechanism: Mechanism, message: Bytes }), output: Bytes },
} as const satisfies Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>

/** What the process says once it runs and is about to load the library: from then on the library's time counts. */
export const hostStarted = "started"

type Calls = typeof tokenCalls
export type TokenCallName = keyof Calls
export type TokenCallInput<Name extends TokenCallName> = z.output<Calls[Name]["input"]>
export type TokenCallOutput<Name extends TokenCallName> = z.output<Calls[Name]["output"]>

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
