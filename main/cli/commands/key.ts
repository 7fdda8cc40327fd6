import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { alsoSpelled, flag, integer, list, required, text, words } from "../field.ts"
import { withPin } from "../with-pin.ts"
import { keyColumns, name, newKeyFields, purpose, requireKey } from "./key-fields.ts"
import { pinFields, tokenField } from "./token-field.ts"

const generate = command({
  path: ["key", "generate"],
  summary: "a new key, made here",
  example: "key generate payroll --algorithm aes-256 --purpose encryption --rotate-every 90d",
  vault: "opened",
  inBatch: "bulk",
  fields: {
    name,
    algorithm: required(text("ALG", "aes-256, ed25519, ec-p256, rsa-3072, ml-dsa-65, ml-kem-768, hmac-sha256, …")),
    purpose,
    ...newKeyFields,
    ...tokenField,
    ...pinFields,
  },
  run(context, { token, pinFile, pinFd, tag, ...args }) {
    const wanted = { ...args, tags: tag }
    if (token === undefined && (pinFile ?? pinFd) === undefined) return context.ask("key.generate", wanted)
    // Without a token of its own the key may go into a keyring that one holds.
    return withPin(context, { pinFile, pinFd }, (pin) => context.ask("key.generate", { ...wanted, token, ...pin }))
  },
})

const keyList = command({
  path: ["key", "list"],
  summary: "the keys of the vault",
  example: "key list --state active --query payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    state: text("S", "pre-active, active, suspended, deactivated, compromised or destroyed"),
    keyring: text("K", "only this keyring"),
    algorithm: text("ALG", "only this algorithm"),
    due: flag("only keys whose rotation is due"),
    olderThan: text("D", "only keys that were made so long ago, for example 1y"),
    youngerThan: text("D", "only keys that were made since"),
    query: text("TEXT", "words in name, owner, environment or tags"),
    limit: integer("N", "at most so many (100)"),
    cursor: text("C", "go on after the page that gave this as `next`"),
  },
  columns: keyColumns,
  run: ({ ask }, args) => ask("key.list", args),
})

const show = command({
  path: ["key", "show"],
  summary: "everything about a key but its material",
  example: "key show payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: { name },
  run: ({ ask }, args) => ask("key.show", args),
})

const set = command({
  path: ["key", "set"],
  summary: "change what is known of a key",
  example: "key set payroll --owner finance --rotate-every 30d --tag audited",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    rename: alsoSpelled("name", text("NEW", "another name")),
    keyring: text("K", "the keyring it is moved to: its material is wrapped anew, for the key of that one"),
    owner: newKeyFields.owner,
    noOwner: flag("forget the owner"),
    environment: newKeyFields.environment,
    noEnvironment: flag("forget the environment"),
    tag: newKeyFields.tag,
    untag: list("T", "take a tag away; may be repeated"),
    exportable: text("HOW", "never, wrapped or yes; can only be tightened"),
    usages: words("U,U", "what may be done with it, inside its purpose"),
    rotateEvery: text("D", "how long a version serves: 12h, 90d, 2w, 1y; or never"),
    protectFor: text("D", "how long what it protects must stay secret, or its signatures be believed; or unsaid"),
    expires: text("T", "not usable for new work from this time on (RFC 3339); or never"),
    notBefore: text("T", "not usable before this time (RFC 3339)"),
  },
  check({ owner, noOwner, environment, noEnvironment }) {
    unlessNone(owner, noOwner, "owner")
    unlessNone(environment, noEnvironment, "environment")
  },
  async run(
    context,
    { tag, untag, owner, noOwner, environment, noEnvironment, rotateEvery, protectFor, expires, ...args },
  ) {
    const isPast = expires !== undefined && Date.parse(expires) <= Date.now()
    if (isPast) await requireKey(context, args.name)
    const confirmed = isPast && (await context.confirm("The key's work ends now, for good. Type its name", args.name))
    return await context.ask("key.set", {
      ...args,
      confirmed,
      owner: unlessNone(owner, noOwner, "owner"),
      environment: unlessNone(environment, noEnvironment, "environment"),
      addTags: tag,
      removeTags: untag,
      rotateEvery: unlessNever(rotateEvery),
      protectFor: protectFor === "unsaid" ? null : protectFor,
      expires: unlessNever(expires),
    })
  },
})

/** @returns `null` to forget what was set, `undefined` to leave it */
function unlessNone(value: string | undefined, isNone: boolean, field: string): string | null | undefined {
  if (isNone && value !== undefined) throw new VaultError("USAGE", `${field}: is given and taken away at once`)
  return isNone ? null : value
}

function unlessNever(value: string | undefined): string | null | undefined {
  return value === "never" ? null : value
}

const relate = command({
  path: ["key", "relate"],
  summary: "say how one key bears on another",
  example: "key relate master --wraps payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    protects: text("OTHER", "NAME protects OTHER"),
    wraps: text("OTHER", "NAME wraps OTHER"),
    dependsOn: text("OTHER", "NAME depends on OTHER"),
    remove: flag("it is no longer so"),
  },
  check: relationIn,
  run: ({ ask }, { name: key, remove, ...said }) => ask("key.relate", { name: key, ...relationIn(said), remove }),
})

type Said = Readonly<Record<"protects" | "wraps" | "dependsOn", string | undefined>>

function relationIn({ protects, wraps, dependsOn }: Said): { readonly kind: string; readonly other: string } {
  const said = Object.entries({ protects, wraps, "depends-on": dependsOn })
  const [relation, ...more] = said.flatMap(([kind, other]) => (other === undefined ? [] : [{ kind, other }]))
  if (relation === undefined || more.length > 0) {
    throw new VaultError("USAGE", "one of --protects, --wraps and --depends-on is needed")
  }
  return relation
}

export const keyCommands = [generate, keyList, show, set, relate]
