import { expect, test } from "vitest"
import { Secret } from "../../main/domain/secret.ts"
import { SecretBox } from "../../main/platform/secret-box.ts"
import { openStoredVault } from "../../main/store/open-stored-vault.ts"
import type { StoredVault } from "../../main/store/stored-vault.ts"
import { verifyVault } from "../../main/store/verify-vault.ts"
import { passphrase, TestVault } from "../support/vaults.ts"

async function stored({ path, configDirectory }: TestVault): Promise<StoredVault> {
  const keep = (secret: Secret) => new SecretBox(secret)
  const surroundings = { configDirectory, actor: "tester", now: Date.now, keep }
  const credential = { kind: "passphrase", passphrase: new Secret(passphrase()) } as const
  return (await openStoredVault(path, credential, surroundings, false)).vault
}

function createKeyring(vault: StoredVault, name: string): void {
  vault.journal.record(() => {
    vault.keyrings.create(name)
    return {
      entry: { action: "keyring.create", target: name, detail: { remark: "x".repeat(20_000) } },
      result: undefined,
    }
  })
}

/** Fills the database to a limit in the middle of a group: SQLite then undoes the whole transaction by itself. */
function fillUp(vault: StoredVault): void {
  const pages = Number(vault.db.pragma("page_count", { simple: true }))
  vault.db.pragma(`max_page_count = ${pages + 8}`)
  expect(() => {
    for (let index = 0; index < 100; index += 1) createKeyring(vault, `keyring ${index}`)
  }).toThrow("database or disk is full")
  vault.db.pragma("max_page_count = 100000")
}

test("a group that a full disk has undone can't be committed, and leaves the vault as it was", async () => {
  using made = await TestVault.create()
  made.lock()
  const vault = await stored(made)
  vault.journal.begin()
  fillUp(vault)
  expect(vault.db.inTransaction).toBe(false)
  expect(() => createKeyring(vault, "late")).toThrow("database or disk is full")
  expect(() => vault.journal.commit()).toThrow("database or disk is full")
  expect(vault.keyrings.list().map(({ name }) => name)).toEqual(["personal"])
  createKeyring(vault, "afterwards")
  expect((await verifyVault(vault)).problems).toEqual([])
  vault.close()
  const again = await stored(made)
  expect(again.keyrings.list().map(({ name }) => name)).toEqual(["afterwards", "personal"])
  again.close()
})
