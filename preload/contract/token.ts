import { z } from "zod"
import type { Operation } from "./operation.ts"
import { Token, TokenModule, TokenObject } from "./token-object.ts"
import { Label, Path, Pin, TokenUriText } from "./values.ts"

const target = { uri: TokenUriText }

export const tokenOperations = {
  "token.modules": { input: z.strictObject({}), output: z.object({ modules: z.array(TokenModule) }) },
  "token.modules.add": {
    input: z.strictObject({ path: Path, parameters: z.string().min(1).max(4096).optional() }),
    output: TokenModule,
  },
  "token.modules.remove": { input: z.strictObject({ path: Path }), output: z.object({ path: z.string() }) },
  "token.list": { input: z.strictObject({}), output: z.object({ tokens: z.array(Token) }) },
  "token.show": { input: z.strictObject(target), output: Token },
  "token.objects": {
    input: z.strictObject({ ...target, pin: Pin.optional() }),
    output: z.object({ objects: z.array(TokenObject) }),
  },
  /** Erases what is in the token. */
  "token.init": {
    input: z.strictObject({ ...target, label: Label, soPin: Pin, confirmed: z.boolean() }),
    output: Token,
  },
  "token.init-pin": { input: z.strictObject({ ...target, soPin: Pin, newPin: Pin }), output: Token },
  "token.change-pin": {
    input: z.strictObject({ ...target, who: z.enum(["user", "so"]).default("user"), pin: Pin, newPin: Pin }),
    output: Token,
  },
} as const satisfies Record<string, Operation>
