import { afterAll, beforeAll, expect, test } from "vitest"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { passphrase, TestVault, utf8 } from "../support/vaults.ts"

// T36; of what waits for its destruction in wanted-while-waiting.test.ts.

let vault: TestVault
/** Computed while each key was active. */
const proofs = { signature: new Uint8Array(0), mac: new Uint8Array(0), ciphertext: "", wrapped: "" }

const states = ["pre-active", "active", "suspended", "deactivated", "compromised", "destroyed"] as const
type State = (typeof states)[number]

const kinds = {
  signer: ["ed25519", "signature"],
  mac: ["hmac-sha256", "mac"],
  cipher: ["aes-256", "encryption"],
  wrapper: ["aes-256", "key-wrapping"],
  text: ["secret", "secret"],
} as const satisfies Record<string, readonly [Algorithm, Purpose]>

type Kind = keyof typeof kinds
const kindNames: readonly Kind[] = ["signer", "mac", "cipher", "wrapper", "text"]

const message = () => utf8("to be or not to be")
const reason = "because it is a test"

beforeAll(async () => {
  vault = await TestVault.create()
  for (const state of states) for (const kind of kindNames) await makeKey(kind, state)
}, 60_000)

afterAll(() => vault[Symbol.dispose]())

/** A key that was never used, in this state. */
async function makeKey(kind: Kind, state: State): Promise<void> {
  const [algorithm, purpose] = kinds[kind]
  const name = `${kind} ${state}`
  const dates = state === "pre-active" ? { notBefore: "2098-01-01" } : {}
  if (algorithm === "secret") {
    await vault.ask("key.import", {
      name,
      file: utf8("hunter2"),
      format: "raw",
      algorithm,
      exportable: "yes",
      ...dates,
    })
  } else await vault.ask("key.generate", { name, algorithm, purpose, exportable: "yes", ...dates })
  if (state === "suspended") await vault.ask("key.suspend", { name, reason })
  if (state === "deactivated") await vault.ask("key.deactivate", { name, reason })
  if (state === "compromised") await vault.ask("key.compromise", { name, reason })
  if (state === "destroyed") await vault.ask("key.destroy", { name, reason, confirmed: true })
}

/** Makes a key of this kind, uses it while it is active, and then brings it to the state. */
async function withProof(
  kind: "signer" | "mac" | "cipher" | "wrapper",
  state: Exclude<State, "pre-active">,
): Promise<string> {
  const name = `${kind} used, then ${state} ${crypto.randomUUID()}`
  const [algorithm, purpose] = kinds[kind]
  await vault.ask("key.generate", { name, algorithm, purpose })
  if (kind === "signer") proofs.signature = (await vault.ask("key.sign", { name, message: message() })).signature
  if (kind === "mac") proofs.mac = (await vault.ask("key.mac", { name, message: message() })).mac
  if (kind === "cipher") proofs.ciphertext = (await vault.ask("key.encrypt", { name, plaintext: message() })).ciphertext
  if (kind === "wrapper") proofs.wrapped = (await vault.ask("key.datakey", { name })).wrapped
  if (state === "suspended") await vault.ask("key.suspend", { name, reason })
  if (state === "deactivated") await vault.ask("key.deactivate", { name, reason })
  if (state === "compromised") await vault.ask("key.compromise", { name, reason })
  if (state === "destroyed") await vault.ask("key.destroy", { name, reason, confirmed: true })
  return name
}

type Protecting = readonly [use: string, kind: Kind, ask: (name: string) => readonly [string, object]]

const protecting: readonly Protecting[] = [
  ["sign", "signer", (name) => ["key.sign", { name, message: message() }]],
  ["mac", "mac", (name) => ["key.mac", { name, message: message() }]],
  ["encrypt", "cipher", (name) => ["key.encrypt", { name, plaintext: message() }]],
  ["make a data key", "wrapper", (name) => ["key.datakey", { name }]],
  ["make a data key", "cipher", (name) => ["key.datakey", { name, wrappedOnly: true }]],
]

test.for(protecting.flatMap((each) => states.map((state) => [state, ...each] as const)))(
  "a key that is %s: may it %s?",
  async ([state, , kind, ask]) => {
    const [operation, input] = ask(`${kind} ${state}`)
    const reply = await vault.claviger.dispatch(operation, input)
    if (state === "active") expect(reply).toMatchObject({ ok: true })
    else expect(reply).toMatchObject({ ok: false, error: { code: "STATE_DENIED" } })
  },
)

type Processing = readonly [
  use: string,
  kind: "signer" | "mac" | "cipher" | "wrapper",
  ask: (name: string) => readonly [string, object],
  allowed: readonly State[],
]

const processing: readonly Processing[] = [
  [
    "verify a signature",
    "signer",
    (name) => ["key.verify", { name, message: message(), signature: proofs.signature }],
    ["active", "suspended", "deactivated"],
  ],
  [
    "verify a MAC",
    "mac",
    (name) => ["key.verify", { name, message: message(), signature: proofs.mac }],
    ["active", "suspended", "deactivated"],
  ],
  [
    "decrypt",
    "cipher",
    (name) => ["key.decrypt", { name, ciphertext: utf8(proofs.ciphertext) }],
    ["active", "deactivated"],
  ],
  ["unwrap", "wrapper", (name) => ["key.unwrap", { name, wrapped: utf8(proofs.wrapped) }], ["active", "deactivated"]],
  ["rewrap", "wrapper", (name) => ["key.rewrap", { name, wrapped: utf8(proofs.wrapped) }], ["active"]],
]

const usedStates = ["active", "suspended", "deactivated", "compromised", "destroyed"] as const

test.for(processing.flatMap((each) => usedStates.map((state) => [state, ...each] as const)))(
  "a key that is %s: may it %s what it made while it was active?",
  async ([state, , kind, ask, allowed]) => {
    const [operation, input] = ask(await withProof(kind, state))
    const reply = await vault.claviger.dispatch(operation, input)
    if (allowed.includes(state)) expect(reply).toMatchObject({ ok: true })
    else expect(reply).toMatchObject({ ok: false, error: { code: "STATE_DENIED" } })
  },
)

test.for(processing.flatMap((each) => usedStates.map((state) => [state, ...each] as const)))(
  "a key that is %s: may it %s when somebody says why?",
  async ([state, use, kind, ask, allowed]) => {
    const [operation, input] = ask(await withProof(kind, state))
    const given = use === "rewrap" ? input : { ...input, reason: "to move the data away" }
    const reply = await vault.claviger.dispatch(operation, given)
    const isExcused = state === "compromised" && use !== "rewrap"
    if (isExcused || allowed.includes(state)) expect(reply).toMatchObject({ ok: true })
    else expect(reply).toMatchObject({ ok: false, error: { code: "STATE_DENIED" } })
  },
)

test("why a compromised key was used is in the log", async () => {
  const name = await withProof("cipher", "compromised")
  const why = "to move the data away"
  await vault.ask("key.decrypt", { name, ciphertext: utf8(proofs.ciphertext), reason: why })
  const { rows } = await vault.ask("audit.list", { key: name, action: "key.decrypt" })
  expect(rows).toMatchObject([{ outcome: "done", detail: { version: 1, reason: why } }])
})

test.for(states)("the public half of a %s key may leave", async (state) => {
  const exporting = { name: `signer ${state}`, format: "spki-pem", protection: { kind: "public" } } as const
  const { exported } = await vault.ask("key.export", exporting)
  expect(Buffer.from(exported).toString()).toMatch(/BEGIN PUBLIC KEY/)
})

test.for(states)("a %s key's material: may it leave?", async (state) => {
  for (const [kind, format] of [
    ["signer", "pkcs8-pem"],
    ["text", "raw"],
  ] as const) {
    const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true } as const
    const reply = await vault.claviger.dispatch("key.export", { name: `${kind} ${state}`, format, protection })
    const stays = state === "suspended" || state === "compromised" || state === "destroyed"
    expect(reply).toMatchObject(stays ? { ok: false, error: { code: "STATE_DENIED" } } : { ok: true })
  }
})

test("every refusal for a state is in the log, with who tried", async () => {
  const before = (await vault.ask("audit.list", { limit: 10_000 })).rows.length
  await vault.refusal("key.encrypt", { name: "cipher suspended", plaintext: message() })
  const { rows } = await vault.ask("audit.list", { limit: 10_000 })
  expect(rows.slice(before)).toMatchObject([
    {
      actor: "tester",
      action: "key.encrypt",
      target: "cipher suspended",
      outcome: "denied",
      detail: { code: "STATE_DENIED" },
    },
  ])
})

test("a use outside the key's usages is refused, whatever its state", async () => {
  const outside: readonly (readonly [string, object])[] = [
    ["key.sign", { name: "cipher active", message: message() }],
    ["key.encrypt", { name: "signer active", plaintext: message() }],
    ["key.mac", { name: "signer active", message: message() }],
    ["key.encrypt", { name: "wrapper active", plaintext: message() }],
    ["key.datakey", { name: "mac active" }],
    ["key.verify", { name: "cipher active", message: message(), signature: message() }],
  ]
  for (const [operation, input] of outside) {
    expect(await vault.claviger.dispatch(operation, input)).toMatchObject({
      ok: false,
      error: { code: "POLICY_DENIED" },
    })
  }
})

test.for(["encrypt", "sign", "mac"] as const)(
  "what a key was asked to %s does not leave once it is compromised meanwhile",
  async (use) => {
    const [algorithm, purpose] = ({ encrypt: kinds.cipher, sign: kinds.signer, mac: kinds.mac } as const)[use]
    const name = `${use} meanwhile`
    await vault.ask("key.generate", { name, algorithm, purpose })
    const asked = { encrypt: { plaintext: message() }, sign: { message: message() }, mac: { message: message() } }[use]
    const using = vault.claviger.dispatch(`key.${use}`, { name, ...asked })
    const stopping = vault.claviger.dispatch("key.compromise", { name, reason })
    const [used, stopped] = await Promise.all([using, stopping])
    expect(stopped.ok).toBe(true)
    const { rows } = await vault.ask("audit.list", { key: name })
    const order = rows.filter(({ outcome }) => outcome === "done").map(({ action }) => action)
    // Whichever came first: nothing is logged as done after the compromise, and what was not logged did not leave.
    expect(order.at(-1)).toBe("key.compromise")
    expect(used.ok).toBe(order.includes(`key.${use}`))
  },
)
