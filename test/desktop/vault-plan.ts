import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A vault to be made: operations in their order; `wait` lets days pass. */
export interface VaultPlan {
  readonly passphrase: string
  readonly label: string
  readonly startedDaysAgo?: number
  readonly steps: readonly (readonly [operation: string, input: Readonly<Record<string, unknown>>])[]
  /** So many AES-256 keys more: `key-000001` and so on. */
  readonly manyKeys?: number
  /** SQL that somebody who has the key of the database runs in it in the end, past our own code. */
  readonly edit?: string
}

export const passphrase = "correct horse battery staple"

const made = new Map<string, string>()

/**
 * Makes each plan's vault once in this process, and copies it from then on.
 * @param home - what the app gets as `CLAVIGER_HOME`
 */
export function makeVault(home: string, plan: VaultPlan): void {
  const input = JSON.stringify(plan)
  const template = made.get(input) ?? mkdtempSync(join(tmpdir(), "claviger-template-"))
  if (!made.has(input)) {
    makeAnew(template, input)
    made.set(input, template)
    process.once("exit", () => rmSync(template, { recursive: true, force: true }))
  }
  cpSync(template, home, { recursive: true })
}

function makeAnew(home: string, input: string): void {
  execFileSync(process.execPath, ["--no-warnings", join(import.meta.dirname, "make-vault.ts"), home], {
    input,
    stdio: ["pipe", "inherit", "inherit"],
  })
}

export const emptyVault: VaultPlan = { passphrase, label: "Test keys", steps: [] }

const key = (name: string, algorithm: string, purpose: string, more: object = {}) =>
  ["key.generate", { name, algorithm, purpose, ...more }] as const

/** A vault in the middle of its life, for pictures: many kinds of keys, some rotated, one due, one suspended. */
export const demonstrationVault: VaultPlan = {
  passphrase,
  label: "Northwind keys",
  startedDaysAgo: 200,
  steps: [
    key("backup 2026", "aes-256", "encryption", { owner: "Ada", rotateEvery: "90d", tags: ["nightly", "offsite"] }),
    key("customer data", "aes-256", "key-wrapping", { owner: "shop team", rotateEvery: "1y", tags: ["production"] }),
    key("deploy", "ed25519", "ssh", { owner: "Ada", rotateEvery: "1y", exportable: "wrapped" }),
    key("release signing", "ed25519", "signature", { owner: "Grace", rotateEvery: "1y", tags: ["releases"] }),
    key("mail gateway", "rsa-3072", "authentication", { owner: "operations", rotateEvery: "2y" }),
    key("root CA", "ec-p384", "certificate-authority", { owner: "Grace", rotateEvery: "5y", exportable: "wrapped" }),
    key("webhook", "hmac-sha256", "mac", { owner: "shop team", rotateEvery: "90d" }),
    key("payment API", "secret", "secret", { owner: "shop team", rotateEvery: "90d", exportable: "yes" }),
    key("long-term archive", "ml-dsa-65", "signature", { owner: "legal", rotateEvery: "5y" }),
    key("firmware", "ec-p256", "signature", { owner: "devices", rotateEvery: "2y" }),
    key("partner exchange", "x25519", "key-agreement", { owner: "operations", rotateEvery: "1y" }),
    ["key.relate", { name: "customer data", kind: "protects", other: "payment API" }],
    ["key.relate", { name: "deploy", kind: "depends-on", other: "root CA" }],
    ["seed.generate", { name: "treasury", words: 24 }],
    ["seed.generate", { name: "petty cash", words: 12 }],
    ["wait", { days: 85 }],
    ["key.rotate", { name: "customer data", reason: "the calendar", grace: "30d" }],
    ["key.rotate", { name: "webhook", reason: "the calendar" }],
    ["wait", { days: 100 }],
    ["key.rotate", { name: "customer data", reason: "a colleague left" }],
    ["key.suspend", { name: "partner exchange", reason: "contract under review" }],
    ["wait", { days: 15 }],
  ],
}
