import { expect, test } from "vitest"
import {
  findingsUnder,
  type Governed,
  type RuleName,
  requireChange,
  requireExport,
  requireNew,
  requireNoApproval,
  requireWork,
  ruleNames,
} from "../../../main/domain/policy.ts"
import { effectivePolicy } from "../../../main/domain/policy-profiles.ts"
import type { PolicyFile } from "../../../preload/contract/policy-file.ts"
import { Algorithm } from "../../../preload/contract/values.ts"
import { aKey } from "../../support/keys.ts"
import { vaultErrorOf } from "../../support/vault-error-of.ts"

const policy = (stated: Partial<PolicyFile>) => effectivePolicy({ profile: "personal", ...stated })

interface Case {
  readonly stated: Partial<PolicyFile>
  readonly refused: Partial<Governed>
  readonly allowed: Partial<Governed>
}

/** Of each rule a policy, a key that it refuses, and one that it allows. */
const cases: Readonly<Record<RuleName, Case>> = {
  "allowed-algorithm": {
    stated: { algorithms: ["aes-256"] },
    refused: { algorithm: "aes-128" },
    allowed: { algorithm: "aes-256" },
  },
  "allowed-purpose": {
    stated: { purposes: ["encryption"] },
    refused: { purpose: "key-wrapping" },
    allowed: { purpose: "encryption" },
  },
  cryptoperiod: {
    stated: { cryptoperiods: { encryption: "1y" } },
    refused: { rotateEvery: "366d" },
    allowed: { rotateEvery: "52w" },
  },
  "exportable-at-most": {
    stated: { exportable: "wrapped" },
    refused: { exportable: "yes" },
    allowed: { exportable: "wrapped" },
  },
  "token-only": {
    stated: { location: "token-only" },
    refused: { location: "vault" },
    allowed: { location: "pkcs11:token=a;id=%01" },
  },
  "owner-required": { stated: { required: ["owner"] }, refused: { owner: null }, allowed: { owner: "ann" } },
  "environment-required": {
    stated: { required: ["environment"] },
    refused: { environment: null },
    allowed: { environment: "production" },
  },
}

const all = Object.entries(cases)

test("every rule has its case", () => {
  expect(Object.keys(cases)).toEqual(ruleNames)
})

test.for(all)("%s refuses a new key that does not meet it, by its name and with the fix", (entry) => {
  const [rule, { stated, refused }] = entry
  const error = vaultErrorOf(() => requireNew(policy(stated), aKey(refused)))
  expect(error).toMatchObject({
    code: "POLICY_DENIED",
    detail: expect.stringMatching(new RegExp(`^${rule}: .+[.] .+[.]$`)),
  })
})

test.for(all)("%s allows a key that meets it", ([, { stated, allowed }]) => {
  expect(() => requireNew(policy(stated), aKey(allowed))).not.toThrow()
})

test.for(all)(
  "%s finds a working key that does not meet it, and none whose work is over",
  ([rule, { stated, refused }]) => {
    expect(findingsUnder(policy(stated), aKey(refused))).toMatchObject([{ rule }])
    expect(findingsUnder(policy(stated), aKey({ ...refused, state: "deactivated" }))).toEqual([])
  },
)

test.for(all)(
  "%s lets a key that does not meet it be renamed, not be moved to where it holds",
  ([, { stated, refused }]) => {
    const before = aKey(refused)
    expect(() => requireChange(policy(stated), before, { ...before, name: "renamed" })).not.toThrow()
    const moved = vaultErrorOf(() => requireChange(policy(stated), before, { ...before, keyring: "production" }))
    expect(moved).toMatchObject({ code: "POLICY_DENIED" })
  },
)

test.for(all)("%s refuses a change that breaks it", ([rule, { stated, allowed, refused }]) => {
  const before = aKey(allowed)
  const error = vaultErrorOf(() => requireChange(policy(stated), before, { ...before, ...refused }))
  expect(error).toMatchObject({ detail: expect.stringMatching(new RegExp(`^${rule}: `)) })
})

test.for(["allowed-algorithm", "allowed-purpose", "token-only"] as const)("%s refuses new work", (rule) => {
  const { stated, refused, allowed } = cases[rule]
  expect(vaultErrorOf(() => requireWork(policy(stated), aKey(refused)))).toMatchObject({ code: "POLICY_DENIED" })
  expect(() => requireWork(policy(stated), aKey(allowed))).not.toThrow()
})

test("a key leaves as far as the policy allows, whatever more the key's own setting does", () => {
  const wrapped = policy({ exportable: "wrapped" })
  const key = aKey({ exportable: "yes" })
  expect(() => requireExport(wrapped, key, "wrapped")).not.toThrow()
  expect(vaultErrorOf(() => requireExport(wrapped, key, "yes"))).toMatchObject({ code: "POLICY_DENIED" })
})

test("an act that needs approval is refused, naming the rule; others are not", () => {
  const strict = policy({ approvals: ["export"] })
  expect(vaultErrorOf(() => requireNoApproval(strict, aKey(), "export"))).toMatchObject({
    code: "APPROVAL_REQUIRED",
    detail: expect.stringMatching(/^approval: /),
  })
  expect(() => requireNoApproval(strict, aKey(), "sign")).not.toThrow()
})

test("a policy's own words stand in place of the profile's, a purpose at a time for cryptoperiods", () => {
  const own = effectivePolicy({
    profile: "nist-2030",
    exportable: "never",
    cryptoperiods: { encryption: "90d", ssh: null },
  })
  expect(own).toMatchObject({ profile: "nist-2030", exportable: "never" })
  expect(own.cryptoperiods).toMatchObject({ encryption: "90d", signature: "3y" })
  expect(own.cryptoperiods).not.toHaveProperty("ssh")
  expect(own.algorithms).not.toContain("rsa-2048")
})

test("of unusual use and of locking a policy states one thing, and the rest is as the profile has it", () => {
  const stated = { profile: "nist-2030", unusual: { failures: 3 }, lock: { afterIdle: 60 } } as const
  const { unusual, lock } = effectivePolicy(stated)
  const profile = effectivePolicy({ profile: "nist-2030" })
  expect([unusual, lock]).toEqual([
    { ...profile.unusual, failures: 3 },
    { ...profile.lock, afterIdle: 60 },
  ])
})

test("how long things are protected is layered by purpose, and null takes a purpose away", () => {
  const { protectFor, quantumYear } = effectivePolicy({
    profile: "personal",
    protectFor: { encryption: "10y", mac: null },
  })
  expect([protectFor, quantumYear]).toEqual([{ encryption: "10y" }, 2035])
})

test.for(Algorithm.options)("nothing is refused of %s by the policy that every keyring begins with", (algorithm) => {
  expect(findingsUnder(policy({}), aKey({ algorithm, exportable: "yes" }))).toEqual([])
})

test.for(Algorithm.options)("what cnsa-2.0 allows, nist-2030 allows: %s", (algorithm) => {
  const [cnsa, nist] = [effectivePolicy({ profile: "cnsa-2.0" }), effectivePolicy({ profile: "nist-2030" })]
  if (cnsa.algorithms?.includes(algorithm) === true) expect(nist.algorithms).toContain(algorithm)
})
