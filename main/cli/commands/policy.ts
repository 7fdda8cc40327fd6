import { describeIssue } from "../../../preload/contract/describe-issue.ts"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { argument, integer, required, text } from "../field.ts"

const largestPolicy = 64 * 1024

const keyringPolicy = command({
  path: ["keyring", "policy"],
  summary: "shows the policy of a keyring, or sets it: what its keys may be, and what may be done with them",
  example: "keyring policy payroll --set nist-2030",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: argument(required(text("NAME", "the keyring"))),
    set: text("FILE|PROFILE", "a policy (docs/policy.schema.json), or one of personal, nist-2030, cnsa-2.0"),
  },
  run: async (context, { name, set }) =>
    context.ask("keyring.policy", { name, ...(set === undefined ? {} : { set: await policyIn(context, "set", set) }) }),
})

const policyCheck = command({
  path: ["policy", "check"],
  summary: "what in the vault does not meet the policy of its keyring, and what to do about it",
  example: "policy check --keyring payroll",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    keyring: text("NAME", "only this one"),
    as: text("FILE|PROFILE", "what would be found if this policy held"),
    limit: integer("N", "at most so many in the list (100,000); the counts are of all"),
  },
  columns: ["severity", "rule", "key", "message", "fix"],
  run: async (context, { as, ...args }) =>
    context.ask("policy.check", { ...args, ...(as === undefined ? {} : { as: await policyIn(context, "as", as) }) }),
})

const policyLock = command({
  path: ["policy", "lock"],
  summary: "how soon the app must lock the vault, and the policy of which keyring says so",
  example: "policy lock",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  run: ({ ask }) => ask("policy.lock", {}),
})

export const policyCommands = [keyringPolicy, policyCheck, policyLock]

/** @throws `INVALID_INPUT` saying where */
async function policyIn(context: Context, field: "set" | "as", given: string): Promise<PolicyFile> {
  // Schemas take long to build: only who sets a policy needs this one.
  const { PolicyFile, PolicyProfile } = await import("../../../preload/contract/policy-file.ts")
  const profile = PolicyFile.safeParse({ profile: given })
  if (profile.success) return profile.data
  using file = await context.readInput(given, largestPolicy, field).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error
    const profiles = PolicyProfile.options.join(", ")
    throw new VaultError("INVALID_INPUT", `${field}: is neither one of ${profiles} nor a file that is there`)
  })
  const stated = PolicyFile.safeParse(jsonIn(field, file.bytes))
  if (!stated.success) throw new VaultError("INVALID_INPUT", `${field}: ${describeIssue(stated.error.issues[0])}`)
  return stated.data
}

function jsonIn(field: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new VaultError("INVALID_INPUT", `${field}: is neither a file of JSON nor the name of a built-in policy`)
  }
}
