import type { Algorithm, Purpose } from "../../../preload/contract/values.ts"
import { fitsPurpose } from "../../domain/purpose.ts"
import { type JsonView, textOf } from "./strict-json.ts"

type Purposes = readonly Purpose[]

/** RFC 7517, 4.3. */
const ofOperation: ReadonlyMap<string, Purposes> = new Map<string, Purposes>([
  ["sign", ["signature", "mac"]],
  ["verify", ["signature", "mac"]],
  ["encrypt", ["encryption"]],
  ["decrypt", ["encryption"]],
  ["wrapKey", ["key-wrapping"]],
  ["unwrapKey", ["key-wrapping"]],
  ["deriveKey", ["key-agreement"]],
  ["deriveBits", ["key-agreement"]],
])

/** The names of RFC 7518, 4.1, that are for one job and do not sign. */
const ofAlgorithm: readonly (readonly [RegExp, Purposes])[] = [
  [/^A(?:128|192|256)(?:GCM)?KW$/, ["key-wrapping"]],
  [/^RSA(?:1_5$|-OAEP)/, ["encryption"]],
  [/^ECDH-ES/, ["key-agreement"]],
]

/** What `enc` stands for is the algorithm's: RSA decrypts, a curve agrees. */
const ofEncryption: Purposes = ["key-agreement", "encryption"]

/** The job that a JWK says it has, by `key_ops`, `alg` or `use`; null where it says none that such a key can do. */
export function purposeStated(members: ReadonlyMap<string, JsonView>, algorithm: Algorithm): Purpose | null {
  const name = words(members.get("alg"))[0] ?? ""
  const stated = [
    ...words(members.get("key_ops")).flatMap((operation) => ofOperation.get(operation) ?? []),
    ...ofAlgorithm.flatMap(([pattern, purposes]) => (pattern.test(name) ? purposes : [])),
    ...(words(members.get("use"))[0] === "enc" ? ofEncryption : []),
  ]
  return stated.find((purpose) => fitsPurpose(algorithm, purpose)) ?? null
}

/** A string, or those of an array; what is neither says nothing. */
function words(view: JsonView | undefined): string[] {
  if (view?.kind === "string") return [textOf(view.escaped)]
  return view?.kind === "array" ? view.items.flatMap((item) => words(item)) : []
}
