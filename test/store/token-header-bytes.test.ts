import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { VaultError } from "../../main/domain/vault-error.ts"
import { type UnlockedHeader, unlockHeader } from "../../main/store/unlock-header.ts"
import { existingVaultDirectory, type VaultDirectory } from "../../main/store/vault-directory.ts"
import { addTokenSlot } from "../../main/store/vault-keyslots.ts"
import { inStore } from "../support/in-store.ts"
import { SoftwareHolder } from "../support/software-holder.ts"
import { TestVault } from "../support/vaults.ts"
import { withFlippedByte } from "./flipped-byte.ts"

const holder = new SoftwareHolder()
let vault: TestVault
let directory: VaultDirectory
let original: Buffer

beforeAll(async () => {
  vault = await TestVault.create()
  await inStore(vault, (stored) => addTokenSlot(stored, { key: holder.key, passphrase: null }, holder.access()))
  directory = existingVaultDirectory(vault.path)
  original = readFileSync(directory.header)
})

afterAll(() => vault[Symbol.dispose]())

function unlocked(): Promise<UnlockedHeader> {
  return unlockHeader(directory, { kind: "token", access: holder.access(), passphrase: null, uri: null })
}

async function unlockCode(): Promise<string> {
  try {
    const { masterKey } = await unlocked()
    masterKey[Symbol.dispose]()
    return "opened"
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return error.code
  }
}

test.for([0x01, 0x80, 0xff])(
  "every byte of a header that a token opens, changed by %i in both copies, refuses to open",
  { timeout: 180_000 },
  async (mask) => {
    const refusals = ["INTEGRITY_FAILED", "VAULT_CORRUPT", "UNSUPPORTED_VERSION"]
    const ofToken = ["TOKEN_ABSENT", "TOKEN_ERROR", "NOT_FOUND"]
    const others: [index: number, code: string][] = []
    for (let index = 0; index < original.length; index++) {
      const code = await withFlippedByte([directory.header, directory.headerCopy], index, mask, unlockCode)
      if (![...refusals, ...ofToken].includes(code)) others.push([index, code])
    }
    expect(others).toEqual([])
    expect(original.length).toBeGreaterThan(1000)
  },
)

test("a byte changed in one copy gives way to the other, unless it tells of a newer Claviger", {
  timeout: 180_000,
}, async () => {
  const { mac } = (await unlocked()).header
  const version = original.indexOf('"version"') + '"version": '.length
  for (const path of [directory.header, directory.headerCopy]) {
    for (let index = 0; index < original.length; index++) {
      if (index === version) continue
      const { header } = await withFlippedByte([path], index, 0x01, unlocked)
      expect(header.mac, `byte ${index}`).toEqual(mac)
    }
  }
})
