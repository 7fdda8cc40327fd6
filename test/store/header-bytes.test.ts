import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { Argon2idParameters } from "../../main/crypto/argon2id.ts"
import { Secret } from "../../main/domain/secret.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import { type UnlockedHeader, unlockHeader } from "../../main/store/unlock-header.ts"
import { existingVaultDirectory, type VaultDirectory } from "../../main/store/vault-directory.ts"
import { passphrase, TestVault } from "../support/vaults.ts"
import { withFlippedByte } from "./flipped-byte.ts"

/** Argon2id itself, but each derivation once only: most bytes of a header have no part in it. */
vi.mock("../../main/crypto/argon2id.ts", async (original) => {
  const { argon2id } = await original<typeof import("../../main/crypto/argon2id.ts")>()
  const derived = new Map<string, Secret>()
  return {
    argon2id: async (given: Secret, parameters: Argon2idParameters): Promise<Secret> => {
      const { salt, ...cost } = parameters
      const place = JSON.stringify([Buffer.from(given.bytes).toString("hex"), Buffer.from(salt).toString("hex"), cost])
      const known = derived.get(place) ?? (await argon2id(given, parameters))
      derived.set(place, known)
      return Secret.copyOf(known.bytes)
    },
  }
})

let vault: TestVault
let directory: VaultDirectory
let original: Buffer

beforeAll(async () => {
  vault = await TestVault.create({ label: "ours", recovery: { threshold: 2, count: 3 } })
  vault.lock()
  directory = existingVaultDirectory(vault.path)
  original = readFileSync(directory.header)
})

afterAll(() => vault[Symbol.dispose]())

function unlocked(): Promise<UnlockedHeader> {
  return unlockHeader(directory, { kind: "passphrase", passphrase: new Secret(passphrase()) })
}

async function unlockCode(): Promise<string> {
  try {
    await unlocked()
    return "opened"
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return error.code
  }
}

test("the header opens as it was written", async () => {
  const { needsRepair } = await unlocked()
  expect(needsRepair).toBe(false)
})

test.for([0x01, 0x80, 0xff])(
  "every byte of the header, changed by %i in both copies, refuses to open",
  { timeout: 60_000 },
  async (mask) => {
    const refusals = ["WRONG_PASSPHRASE", "INTEGRITY_FAILED", "VAULT_CORRUPT", "UNSUPPORTED_VERSION"]
    const paths = [directory.header, directory.headerCopy]
    const others: [index: number, code: string][] = []
    for (let index = 0; index < original.length; index++) {
      const code = await withFlippedByte(paths, index, mask, unlockCode)
      if (!refusals.includes(code)) others.push([index, code])
    }
    expect(others).toEqual([])
    expect(original.length).toBeGreaterThan(1000)
  },
)

test("a byte changed in one copy only gives way to the other, unless it tells of a newer Claviger", async () => {
  const { mac } = (await unlocked()).header
  const version = original.indexOf('"version"') + '"version": '.length
  for (const path of [directory.header, directory.headerCopy]) {
    for (let index = 0; index < original.length; index++) {
      if (index === version) continue
      const { header, needsRepair } = await withFlippedByte([path], index, 0x01, unlocked)
      expect(header.mac, `byte ${index}`).toEqual(mac)
      expect(needsRepair).toBe(true)
    }
  }
}, 60_000)
