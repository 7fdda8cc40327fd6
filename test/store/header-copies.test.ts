import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { parseHeader } from "../../main/store/vault-header.ts"
import { failures } from "../../preload/contract/failure.ts"
import { TestVault } from "../support/vaults.ts"

let original: TestVault

beforeAll(async () => {
  original = await TestVault.create()
  await original.generate("a key")
  original.lock()
})

afterAll(() => original[Symbol.dispose]())

const destroy: Readonly<Record<string, (path: string) => void>> = {
  deleted: (path) => rmSync(path),
  emptied: (path) => truncateSync(path, 0),
  "cut in half": (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
  overwritten: (path) => writeFileSync(path, Buffer.alloc(5000, 0xaa)),
  "another vault's": (path) =>
    writeFileSync(path, readFileSync(path, "utf8").replace(/"vaultId": "./, '"vaultId": "f')),
}

const ways = Object.keys(destroy)

test.for(ways)("a vault whose first header is %s opens by the second, and repairs the first", async (way) => {
  await expectRepaired("vault.json", way)
})

test.for(ways)("a vault whose second header is %s opens by the first, and repairs the second", async (way) => {
  await expectRepaired("vault.json.2", way)
})

async function expectRepaired(name: string, way: string): Promise<void> {
  const header = parseHeader(readFileSync(join(original.path, name)))
  using vault = TestVault.copyOf(original)
  destroy[way]?.(join(vault.path, name))
  await vault.unlock()
  expect(parseHeader(readFileSync(join(vault.path, name)))).toEqual(header)
  expect((await vault.ask("vault.verify", {})).ok).toBe(true)
  const { rows } = await vault.ask("audit.list", { action: "vault.unlock" })
  expect(rows.at(-1)?.detail["notes"]).toContain("header-repaired")
}

test("one copy after the other may be lost, when the vault is opened in between", async () => {
  using vault = TestVault.copyOf(original)
  for (const name of ["vault.json", "vault.json.2"]) {
    rmSync(join(vault.path, name))
    await vault.unlock()
    vault.lock()
  }
  expect(readFileSync(join(vault.path, "vault.json"))).toEqual(readFileSync(join(vault.path, "vault.json.2")))
})

test.for(ways.flatMap((first) => ways.map((second) => [first, second] as const)))(
  "a vault whose headers are %s and %s is refused, is not touched, and a backup is named as the way out",
  async ([first, second]) => {
    using vault = TestVault.copyOf(original)
    destroy[first]?.(join(vault.path, "vault.json"))
    destroy[second]?.(join(vault.path, "vault.json.2"))
    const before = readFileSync(join(vault.path, "inventory.db"))
    const { code } = await vault.unlockRefusal()
    const isOpenable = first === "another vault's" || second === "another vault's"
    expect(code).toBe(isOpenable ? "WRONG_PASSPHRASE" : "VAULT_CORRUPT")
    expect(failures.VAULT_CORRUPT.hint).toMatch(/restore a backup/)
    expect(readFileSync(join(vault.path, "inventory.db")).equals(before)).toBe(true)
    expect(vault.bugs).toEqual([])
  },
)
