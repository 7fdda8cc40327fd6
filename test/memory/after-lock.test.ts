import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { kdfFloor } from "../../main/crypto/kdf-parameters.ts"
import { cannotScan, type Hit, scanLiveMemory, scanProcess } from "../support/memory-scan.ts"
import type { Needle } from "../support/needle-patterns.ts"
import { passphrase, TestVault, temporaryFolder } from "../support/vaults.ts"
import { BatchSession } from "./batch-session.ts"
import { deterministicNonce } from "./deterministic-nonce.ts"
import { exportKeys, exportPassphrase, importKeys, importPassphrase, wrongPassphrase } from "./move-keys.ts"
import { piecesOf } from "./needle-pieces.ts"
import { secretsOf } from "./secrets-of-vault.ts"
import { KeyUser, signedMessage } from "./use-keys.ts"
import { replaceVaultKeys, secondPassphrase, useVaultKeys } from "./vault-keys.ts"

const vaultPassphrase = "pV6k-Tx1a_Mb8Ju3-Eo0Z_Sf5C-Hq2w"

/**
 * The secrets are not taken from the program that is scanned: they are derived, from the vault's files and its passphrase.
 * Nothing is left out of the search but what is public. Secrets that the program was told to hand out went into files.
 */
describe.skipIf(cannotScan !== null)("the memory of a program that has used keys of every kind", () => {
  let needles: Needle[]
  let unlocked: Hit[]
  let locked: Hit[]

  beforeAll(async () => {
    const folder = temporaryFolder()
    const vaultPassphraseFile = join(folder, "passphrase")
    writeFileSync(vaultPassphraseFile, `${vaultPassphrase}\n`)
    using vault = new TestVault(folder)
    await vault.ask("vault.create", { path: vault.path, passphrase: passphrase(vaultPassphrase), kdf: kdfFloor })
    await using batch = BatchSession.start({
      vault: vault.path,
      passphraseFile: vaultPassphraseFile,
      environment: { ...process.env, CLAVIGER_CONFIG: vault.configDirectory },
    })
    const user = new KeyUser(batch, folder)
    const parts = { batch, user, folder, vaultPassphraseFile }
    await user.useAll()
    await exportKeys(parts)
    await importKeys(parts)
    await useVaultKeys(parts)
    const replaced = await secretsOfCopy(vault.path)
    await replaceVaultKeys(parts)
    const kept = await secretsOfCopy(vault.path)
    needles = [...replaced, ...kept, ...noncesOf(kept), ...user.others, ...filePassphrases]
    const pieces = needles.flatMap(piecesOf)
    unlocked = await scanLiveMemory(batch.pid, pieces)
    await batch.ask("vault lock")
    locked = await scanProcess(batch.pid, pieces)
  }, 300_000)

  test("the search knows a secret of every kind", () => {
    expect(needles.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "passphrase",
        "keyslot key",
        "master key",
        "page key",
        "headerMac key",
        "KEK",
        "audit key: d",
      ]),
    )
    expect(needles.length).toBeGreaterThan(500)
  })

  test.for(["master key", "page key", "headerMac key", "auditMac key", "keyringKek key", "anchorMac key"])(
    "holds the %s while the vault is open, where the search finds it",
    (name) => {
      expect(unlocked.map((hit) => hit.name)).toContain(name)
    },
  )

  test("does not hold the passphrase even then", () => {
    expect(unlocked.map((hit) => hit.name)).not.toContain("passphrase")
  })

  test("holds no secret, in any encoding, as soon as it has said that the vault is locked", () => {
    expect(locked).toEqual([])
  })
})

const filePassphrases = Object.entries({ exportPassphrase, importPassphrase, wrongPassphrase }).map(([name, text]) => ({
  name,
  bytes: Buffer.from(text),
}))

/** With which the keys over secp256k1 signed: all other signatures are made with random ones. */
function noncesOf(secrets: readonly Needle[]): Needle[] {
  return secrets
    .filter(({ name }) => /^ec-secp256k1 signature \d+: d$/.test(name))
    .map(({ name, bytes }) => ({ name: `nonce of ${name}`, bytes: deterministicNonce(bytes, signedMessage) }))
}

/** The program has the vault open, and nobody else can: so a copy is looked into. */
async function secretsOfCopy(path: string): Promise<Needle[]> {
  const copy = mkdtempSync(join(tmpdir(), "claviger-copy-"))
  try {
    cpSync(path, copy, { recursive: true })
    return await secretsOf(copy, [vaultPassphrase, secondPassphrase])
  } finally {
    rmSync(copy, { recursive: true })
  }
}
