import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { RotatingVault } from "../../support/rotating-vault.ts"
import { type TestVault, utf8 } from "../../support/vaults.ts"

const beginning = Date.UTC(2026, 0, 1)
const reason = "project ended"

let rotating: RotatingVault
let vault: TestVault

beforeEach(async () => {
  rotating = await RotatingVault.create(beginning)
  vault = rotating.vault
})
afterEach(async () => {
  expect(vault.bugs).toEqual([])
  expect((await vault.ask("vault.verify", {})).problems).toEqual([])
  vault[Symbol.dispose]()
})

/** What both ways to destroy it answer: at once, and after a wait. */
async function refusals(name: string, more: { readonly version?: number; readonly override?: boolean } = {}) {
  return [
    await vault.refusal("key.destroy", { name, reason, confirmed: true, ...more }),
    await vault.refusal("key.schedule-destroy", { name, reason, ...more }),
  ]
}

async function imported(): Promise<void> {
  const file = new Uint8Array(readFileSync(join(import.meta.dirname, "../../vectors/pkcs12/chain.p12")))
  const filePassphrase = new Uint8Array(Buffer.from("pässwörd"))
  await vault.ask("key.import", { name: "server", file, filePassphrase })
}

// T38: each of them is named in the refusal, which is in the log.
describe("a key is not destroyed that something needs", () => {
  test("other keys, all of which are named", async () => {
    for (const name of ["root", "one", "two", "three"]) await vault.generate(name)
    await vault.ask("key.relate", { name: "root", kind: "wraps", other: "one" })
    await vault.ask("key.relate", { name: "root", kind: "protects", other: "two" })
    await vault.ask("key.relate", { name: "three", kind: "depends-on", other: "root" })
    const refused = {
      code: "POLICY_DENIED",
      detail: "needed-by-others: root is needed by two, one, three",
    }
    expect(await refusals("root")).toEqual([refused, refused])
    const { rows } = await vault.ask("audit.list", { key: "root", outcome: "denied" })
    expect(rows.map(({ action, detail }) => [action, detail["rule"]])).toEqual([
      ["key.destroy", refused.detail],
      ["key.schedule-destroy", refused.detail],
    ])
  })

  test("a certificate that is valid, until the key is deactivated", async () => {
    await imported()
    const { certificates = [] } = await vault.ask("key.show", { name: "server" })
    const own = certificates[0]
    for (const { code, detail } of await refusals("server")) {
      expect(code).toBe("POLICY_DENIED")
      expect(detail).toContain(`server is needed by the certificate ${own?.subject}, serial ${own?.serial}`)
      expect(detail).toContain("(deactivate the key first)")
    }
    await vault.ask("key.deactivate", { name: "server", reason })
    await vault.ask("key.destroy", { name: "server", reason, confirmed: true })
  })

  test("but not one that is over, nor that of a key in other hands", async () => {
    await imported()
    const { certificates = [] } = await vault.ask("key.show", { name: "server" })
    const last = certificates.map(({ notAfter = "" }) => notAfter).sort()
    vault.at = Date.parse(last.at(-1) ?? "") + 1
    await vault.ask("key.schedule-destroy", { name: "server", reason })
    await vault.ask("key.cancel-destroy", { name: "server" })
    vault.at = beginning
    await vault.ask("key.compromise", { name: "server", reason })
    await vault.ask("key.destroy", { name: "server", reason, confirmed: true })
  })

  test("a rotation that still opens with the old version, and can go back to it", async () => {
    await rotating.switched()
    const refused = {
      code: "POLICY_DENIED",
      detail:
        "needed-by-others: version 1 of app is needed by its rotation: rotation advance app, or rotation rollback app --reason WHY",
    }
    expect(await refusals("app", { version: 1 })).toEqual([refused, refused])
    expect(await vault.refusal("key.trim", { name: "app", below: 2, confirmed: true })).toEqual(refused)
    vault.at = beginning + 31 * 86_400_000
    await rotating.advance("app", true)
    await vault.ask("key.trim", { name: "app", below: 2, confirmed: true })
  })

  test("registered data keys", async () => {
    await vault.generate("app", { purpose: "key-wrapping" })
    await vault.ask("key.datakey", { name: "app", register: "files" })
    expect((await refusals("app")).map(({ code }) => code)).toEqual(["POLICY_DENIED", "POLICY_DENIED"])
  })
})

// T38: the rule is there, and refuses as long as there is no second person.
test("nobody overrides that alone, and the log says who tried", async () => {
  for (const name of ["root", "leaf"]) await vault.generate(name)
  await vault.ask("key.relate", { name: "root", kind: "wraps", other: "leaf" })
  const refused = {
    code: "APPROVAL_REQUIRED",
    detail: "approval: a second person must approve it, since root is needed by leaf",
  }
  expect(await refusals("root", { override: true })).toEqual([refused, refused])
  expect(await vault.ask("key.show", { name: "root" })).toMatchObject({ state: "active" })
  const { rows } = await vault.ask("audit.list", { key: "root", outcome: "denied" })
  expect(rows.map(({ detail }) => detail["code"])).toEqual(["APPROVAL_REQUIRED", "APPROVAL_REQUIRED"])
  await vault.ask("key.destroy", { name: "leaf", reason, confirmed: true, override: true })
})

test("where the policy wants a second person for every destruction, one alone is refused, in any way to destroy", async () => {
  await vault.ask("keyring.create", { name: "guarded" })
  await vault.generate("app", { keyring: "guarded" })
  const ciphertext = await vault.ask("key.encrypt", { name: "app", plaintext: utf8("x") })
  await vault.ask("key.rotate", { name: "app" })
  await vault.ask("keyring.policy", { name: "guarded", set: { approvals: ["destroy"] } })
  const trim = await vault.refusal("key.trim", { name: "app", below: 2, confirmed: true })
  for (const { code } of [...(await refusals("app")), ...(await refusals("app", { version: 1 })), trim])
    expect(code).toBe("APPROVAL_REQUIRED")
  await vault.ask("key.decrypt", { name: "app", ciphertext: utf8(ciphertext.ciphertext) })
})
