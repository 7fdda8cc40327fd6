import type { Context } from "../context.ts"
import { alsoSpelled, argument, flag, integer, list, path, required, text, words } from "../field.ts"

export const name = argument(required(text("NAME", "the key")))
export const reason = required(text("R", "why, for the log"))
/** Of what a compromised version made. */
export const excuse = { reason: text("R", "why, where the version that made it is compromised; it is logged") }
export const version = integer("N", "one version (without it: the current one)")
export const oneVersion = integer("N", "only this version (without it: the whole key)")

export const tags = alsoSpelled("tags", list("T", "a tag; may be repeated"))

/** Before a person is asked about a key. @throws `NOT_FOUND` */
export async function requireKey({ ask }: Context, key: string): Promise<void> {
  await ask("key.show", { name: key })
}

export const purpose = text("P", "its one job: signature, encryption, key-wrapping, mac, … (what the algorithm is for)")

/** What is said of a key when it is made. */
export const newKeyFields = {
  keyring: text("K", "the keyring it belongs to (personal)"),
  owner: text("WHO", "who answers for it"),
  environment: text("ENV", "where it is used"),
  tag: tags,
  exportable: text("HOW", "never, wrapped or yes; later it can only be tightened (never; of a secret: yes)"),
  usages: words("U,U", "what may be done with it, inside its purpose (all of it)"),
  rotateEvery: text("D", "how long a version serves: 12h, 90d, 2w, 1y"),
  protectFor: text(
    "D",
    "how long what it protects must stay secret, or its signatures be believed: 10y (as the policy says)",
  ),
  notBefore: text("T", "not usable before this time (RFC 3339)"),
  expires: text("T", "not usable for new work from this time on (RFC 3339)"),
}

export const keyColumns = [
  "name",
  "algorithm",
  "purpose",
  "state",
  "currentVersion",
  "keyring",
  "nextRotationAt",
  "destroysAt",
]

export const input = required(path("FILE", "the file to read; - is standard input"))
export const outputFields = {
  out: path("FILE", "the file to write, mode 0600; - is standard output (without it: in the answer)"),
  force: flag("replace FILE when it exists"),
}
