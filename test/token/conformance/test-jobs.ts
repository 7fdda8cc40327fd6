import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto"
import { describe, expect, test } from "vitest"
import { type TestVault, utf8 } from "../../support/vaults.ts"
import type { SubjectOf } from "./conformance.ts"
import { type Job, jobs, type Traits, userPin } from "./module-under-test.ts"
import { vaultBeside } from "./vault-beside.ts"

/** What keys in a token do beside signing, each made for its one job: the token does it, or says before a key is left in it that it can't. */
export function testJobs(subject: SubjectOf, { makes, does }: Traits): void {
  if (makes.length === 0) return

  describe("beside signing", () => {
    const beside = vaultBeside(subject)

    const asked = (job: Job) => {
      const [algorithm, purpose] = partsOf(job)
      return { name: job, algorithm, purpose, token: beside.token, pin: utf8(userPin) } as const
    }
    const objects = async () =>
      (await beside.vault.ask("token.objects", { uri: beside.token, pin: utf8(userPin) })).objects

    test.for(jobs.filter((job) => does.includes(job)))("%s is done, and the key destroyed", async (job) => {
      const before = (await objects()).length
      await beside.vault.ask("key.generate", asked(job))
      await tries[partsOf(job)[1]](beside.vault, job)
      await beside.vault.ask("key.destroy", { name: job, reason: "test", confirmed: true, pin: utf8(userPin) })
      expect(await objects()).toHaveLength(before)
    })

    test.for(jobs.filter((job) => !does.includes(job)))("%s is refused, and nothing is left in it", async (job) => {
      const before = (await objects()).length
      const { code } = await beside.vault.refusal("key.generate", asked(job))
      expect(["INVALID_INPUT", "TOKEN_ERROR"]).toContain(code)
      expect(await objects()).toHaveLength(before)
      expect(await beside.vault.refusal("key.show", { name: job })).toMatchObject({ code: "NOT_FOUND" })
    })
  })
}

/** Who is asked wipes it. */
const message = () => utf8("a message")

async function seals(vault: TestVault, name: string): Promise<void> {
  const { ciphertext } = await vault.ask("key.encrypt", { name, plaintext: message() })
  const { plaintext } = await vault.ask("key.decrypt", { name, ciphertext: utf8(ciphertext) })
  expect(Buffer.from(plaintext).toString()).toBe("a message")
}

async function wraps(vault: TestVault, name: string): Promise<void> {
  const { wrapped, plaintext } = await vault.ask("key.datakey", { name })
  expect((await vault.ask("key.unwrap", { name, wrapped: utf8(wrapped) })).plaintext).toEqual(plaintext)
  const end = wrapped.endsWith("AAAA") ? "BBBB" : "AAAA"
  const changed = { name, wrapped: utf8(wrapped.slice(0, -4) + end) }
  expect(await vault.refusal("key.unwrap", changed)).toMatchObject({ code: "INTEGRITY_FAILED" })
}

async function authenticates(vault: TestVault, name: string): Promise<void> {
  const { mac } = await vault.ask("key.mac", { name, message: message() })
  expect(await vault.ask("key.verify", { name, message: message(), signature: mac })).toMatchObject({ valid: true })
  const other = { name, message: utf8("another message"), signature: mac }
  expect(await vault.ask("key.verify", other)).toMatchObject({ valid: false })
}

/** As another program agrees with it. */
async function agrees(vault: TestVault, name: string): Promise<void> {
  const peer = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const peerKey = new Uint8Array(peer.publicKey.export({ type: "spki", format: "der" }))
  const derived = await vault.ask("key.derive", { name, mechanism: "ecdh", peer: peerKey })
  const exported = await vault.ask("key.export", { name, format: "spki-pem", protection: { kind: "public" } })
  const publicKey = createPublicKey(Buffer.from(exported.exported))
  const shared = diffieHellman({ privateKey: peer.privateKey, publicKey })
  expect(Buffer.from(derived.derived ?? []).toString("hex")).toBe(shared.toString("hex"))
}

const tries = {
  encryption: seals,
  "key-wrapping": wraps,
  mac: authenticates,
  "key-agreement": agrees,
} as const

function partsOf(job: Job) {
  const parts = {
    "aes-256 for encryption": ["aes-256", "encryption"],
    "aes-256 for key-wrapping": ["aes-256", "key-wrapping"],
    "rsa-2048 for encryption": ["rsa-2048", "encryption"],
    "rsa-2048 for key-wrapping": ["rsa-2048", "key-wrapping"],
    "hmac-sha256 for mac": ["hmac-sha256", "mac"],
    "ec-p256 for key-agreement": ["ec-p256", "key-agreement"],
  } as const satisfies Record<Job, readonly [string, string]>
  return parts[job]
}
