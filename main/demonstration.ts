import { Buffer } from "node:buffer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { InputOf, OperationName, OutputOf } from "../preload/contract/index.ts"
import { compose } from "./composition.ts"

const folder = mkdtempSync(join(tmpdir(), "claviger-demonstration-"))
const path = join(folder, "demo.claviger")
const claviger = compose({
  configDirectory: join(folder, "config"),
  actor: "demonstration",
  now: Date.now,
  reportBug: (_, error) => {
    throw error
  },
})

function say(text = ""): void {
  process.stdout.write(`${text}\n`)
}

/** A step: what a person would type, then what came of it. */
function step(command: string, outcome: string): void {
  say(`  $ claviger ${command}`)
  say(`    ${outcome.replaceAll("\n", "\n    ")}`)
  say()
}

async function ask<Name extends OperationName>(name: Name, input: unknown): Promise<OutputOf<Name>> {
  const reply = await claviger.dispatch(name, input)
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.detail ?? ""}`)
  // Dispatch has checked the result against this very contract.
  return reply.result as OutputOf<Name>
}

async function isRefused(name: OperationName, input: unknown): Promise<string> {
  const reply = await claviger.dispatch(name, input)
  if (reply.ok) throw new Error(`${name} should have been refused`)
  return `refused: ${reply.error.code}: ${reply.error.detail ?? ""}`
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text))
const passphrase = (): Uint8Array<ArrayBuffer> => bytes("a demonstration needs no good passphrase")

async function makeVault(): Promise<void> {
  say("1. A vault: one folder, nothing readable in it. Argon2id is tuned to this machine.")
  const created = await ask("vault.create", {
    path,
    passphrase: passphrase(),
    kdf: "auto",
    recovery: { threshold: 2, count: 3 },
  })
  const { memoryKiB, passes, lanes } = created.kdf
  step(
    "vault create --vault demo.claviger --recovery 2of3",
    `unlocking takes ${created.unlockMs} ms here: ${memoryKiB / 1024} MiB, ${passes} passes, ${lanes} lanes\n` +
      `${created.recoveryShares?.length ?? 0} recovery shares to write on paper; any 2 of them open it (not shown here)`,
  )
  await ask("vault.unlock", { path, passphrase: passphrase() })
}

async function makeKeys(): Promise<void> {
  say("2. Keys: each with one purpose, an owner, and a date to be renewed.")
  const wanted: InputOf<"key.generate">[] = [
    key({ name: "orders", algorithm: "aes-256", purpose: "key-wrapping", owner: "shop team", rotateEvery: "90d" }),
    key({ name: "deploy", algorithm: "ed25519", purpose: "ssh", owner: "Ada", exportable: "wrapped" }),
    key({ name: "release", algorithm: "rsa-3072", purpose: "signature", owner: "Grace", rotateEvery: "1y" }),
  ]
  for (const each of wanted) {
    const made = await ask("key.generate", each)
    const shown = made.fingerprints?.openssh ?? made.fingerprint ?? made.versions[0]?.kcv ?? ""
    step(`key generate ${made.name} --algorithm ${made.algorithm} --purpose ${made.purpose}`, `${made.state}, ${shown}`)
  }
}

function key(
  wanted: Partial<InputOf<"key.generate">> & Pick<InputOf<"key.generate">, "name" | "algorithm" | "purpose">,
) {
  return { tags: [], exportable: "never" as const, ...wanted }
}

async function useKeys(): Promise<string> {
  say("3. Work: a signature, and a data key for envelope encryption.")
  const { signature, mechanism } = await ask("key.sign", { name: "release", message: bytes("release 1.0") })
  const { valid } = await ask("key.verify", { name: "release", message: bytes("release 1.0"), signature })
  step(
    "key sign release --in release.tar --out release.sig",
    `${signature.length} bytes, ${mechanism}; verifies: ${valid}`,
  )
  const { wrapped } = await ask("key.datakey", { name: "orders" })
  step("key datakey orders", `wrapped data key: ${wrapped.slice(0, 68)}…`)
  return wrapped
}

async function rotate(wrapped: string): Promise<void> {
  say("4. Rotation overlaps: the new version does the work, the old one still decrypts, until it is trimmed.")
  const rotated = await ask("key.rotate", { name: "orders", reason: "the calendar" })
  step("key rotate orders", rotated.versions.map(({ version, state }) => `version ${version}: ${state}`).join("\n"))
  const moved = await ask("key.rewrap", { name: "orders", wrapped: bytes(wrapped) })
  step(
    "key rewrap orders --in old.token",
    `moved from version ${moved.fromVersion} to ${moved.keyVersion}; the data key never left`,
  )
  const trimmed = await ask("key.trim", { name: "orders", below: 2, confirmed: true })
  step(
    "key trim orders --below 2 --yes",
    trimmed.versions.map(({ version, state }) => `version ${version}: ${state}`).join("\n"),
  )
  step("key unwrap orders --in old.token", await isRefused("key.unwrap", { name: "orders", wrapped: bytes(wrapped) }))
}

async function protect(): Promise<void> {
  say("5. Rules hold: what a key is not for, it does not do; what may not leave, stays.")
  step("key encrypt deploy --in note.txt", await isRefused("key.encrypt", { name: "deploy", plaintext: bytes("x") }))
  const protection = { kind: "plaintext", passphrase: passphrase(), confirmed: true }
  step(
    "key export deploy --format openssh --plaintext --yes",
    await isRefused("key.export", { name: "deploy", format: "openssh", protection }),
  )
}

async function keepAndEnd(): Promise<void> {
  say(
    "6. A backup is proven before it is called one. Destroyed means gone, and the certificate says what still holds it.",
  )
  const backup = await ask("vault.backup", { out: join(folder, "demo.clvbackup") })
  step(
    "vault backup demo.clvbackup",
    `verified: ${backup.keys} keys, ${backup.versions} versions, log up to row ${backup.auditHead.seq}`,
  )
  const drill = await ask("vault.drill", { file: join(folder, "demo.clvbackup"), passphrase: passphrase() })
  step(
    "vault drill demo.clvbackup",
    drill.ok ? "restored in a temporary place, opened, verified, and removed again" : `NOT ok: ${drill.problem}`,
  )
  const { certificate } = await ask("key.destroy", {
    name: "release",
    reason: "the end of the demonstration",
    confirmed: true,
  })
  step(
    "key destroy release --now --reason … --yes",
    `destroyed; ${certificate.backups.length} backup still holds it, as the certificate says`,
  )
  const log = await ask("audit.verify", {})
  step("audit verify", `${log.ok ? "whole" : "broken"}: ${log.rows} rows, each chained to the one before it and MACed`)
  const verified = await ask("vault.verify", {})
  const { keys, versions, auditRows } = verified.checked
  step(
    "vault verify",
    `${verified.ok ? "ok" : "NOT ok"}: ${keys} keys, ${versions} versions, ${auditRows} rows of the log`,
  )
}

try {
  say("Claviger keeps keys. This is the whole life of three of them, in a temporary vault.\n")
  await makeVault()
  await makeKeys()
  await rotate(await useKeys())
  await protect()
  await keepAndEnd()
  say("The temporary vault is gone again. Make your own: npx claviger vault create")
} finally {
  claviger.close()
  rmSync(folder, { recursive: true, force: true })
}
