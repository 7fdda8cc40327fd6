import { readFileSync, statSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

/** One vault, from its first day to its last: each test goes on where the one before ended. */
let home: ClavigerHome
const text = (name: string): string => readFileSync(home.file(name), "utf8")

beforeAll(async () => {
  home = new ClavigerHome()
  home.write("message", "what is to be kept\n")
  await home.done("vault create --label Life --kdf low-memory --recovery 2of3")
})

afterAll(() => home[Symbol.dispose]())

test("without a passphrase the header tells what the vault is, and nothing of what is in it", async () => {
  const { status, stdout } = await home.run("vault info --json")
  expect(status).toBe(0)
  const info = JSON.parse(stdout)
  expect(info).toMatchObject({ label: "Life", version: 1, locked: true })
  expect(info.keyslots.map(({ kind }: { kind: string }) => kind)).toEqual(["passphrase", "recovery"])
  expect(info).not.toHaveProperty("counts")
  expect(await home.done("vault info")).toMatchObject({ locked: false, counts: { keys: 0, versions: 0 } })
})

test("a key is generated, listed and shown, never with its material", async () => {
  const generated = await home.done("key generate data --algorithm aes-256 --rotate-every 90d --tag a --tag b")
  expect(generated).toMatchObject({
    name: "data",
    purpose: "encryption",
    usages: ["encrypt", "decrypt"],
    state: "active",
    exportable: "never",
    tags: ["a", "b"],
    rotateEvery: "90d",
    currentVersion: 1,
    versions: [{ version: 1, state: "active", kcv: expect.stringMatching(/^cmac:[0-9a-f]{6}$/) }],
  })
  expect(await home.done("key list")).toEqual({ keys: [generated] })
  expect(await home.done("key show data")).toEqual({ ...generated, relations: [] })
})

test("envelope encryption survives a rotation, until the old version is trimmed", async () => {
  await home.done("key generate kek --algorithm aes-256 --purpose key-wrapping")
  const { plaintext, wrapped, keyVersion } = await home.done("key datakey kek")
  expect(keyVersion).toBe(1)
  home.write("wrapped", `${String(wrapped)}\n`)
  await home.done("key rotate kek --reason yearly")
  expect(await home.done("key unwrap kek --in wrapped")).toMatchObject({ plaintext, keyVersion: 1 })
  expect(await home.done("key rewrap kek --in wrapped --out newer")).toMatchObject({ fromVersion: 1, keyVersion: 2 })
  expect(await home.done("key unwrap kek --in newer")).toMatchObject({ plaintext, keyVersion: 2 })
  await home.done("key trim kek --below 2 --yes")
  expect(await home.json("key unwrap kek --in wrapped")).toMatchObject({
    status: 5,
    document: { error: { code: "STATE_DENIED" } },
  })
})

test("what is encrypted into a file is decrypted out of it", async () => {
  expect(await home.done("key encrypt data --in message --out sealed")).toMatchObject({ path: home.file("sealed") })
  expect(text("sealed")).toMatch(/^claviger:1:[0-9a-f-]{36}:1:[\w-]+\n$/)
  expect(statSync(home.file("sealed")).mode & 0o777).toBe(0o600)
  await home.done("key decrypt data --in sealed --out opened")
  expect(text("opened")).toBe(text("message"))
  const shown = await home.run(
    ["key", "decrypt", "data", "--in", "-", "--out", "-", "--passphrase-file", "passphrase"],
    {
      input: text("sealed"),
    },
  )
  expect(shown).toEqual({ status: 0, stdout: text("message"), stderr: "" })
})

test("a signature fits its message and no other", async () => {
  await home.done("key generate sign --algorithm ed25519 --exportable yes")
  await home.done("key sign sign --in message --out signature")
  expect(statSync(home.file("signature")).size).toBe(64)
  expect(await home.json("key verify sign --in message --signature signature")).toMatchObject({
    status: 0,
    document: { valid: true },
  })
  expect(await home.json("key verify sign --in passphrase --signature signature")).toMatchObject({
    status: 7,
    document: { valid: false },
  })
})

test("a mac is verified as a signature is", async () => {
  await home.done("key generate mac --algorithm hmac-sha256")
  const { mac } = await home.done("key mac mac --in message")
  expect(mac).toMatch(/^[A-Za-z0-9+/]{43}=$/)
  home.write("tag", Buffer.from(String(mac), "base64"))
  expect(await home.done("key verify mac --in message --sig tag")).toMatchObject({ valid: true })
})

test("a key leaves and comes back, encrypted or in the clear, and its public part for anyone", async () => {
  const fingerprint = (await home.done("key show sign"))["fingerprint"]
  home.write("other", "another passphrase\n")
  await home.done("key export sign --format pkcs8-encrypted --out-passphrase-file other --out sign.pem")
  expect(text("sign.pem")).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
  const back = await home.done("key import back --in sign.pem --in-passphrase-file other --exportable wrapped")
  expect(back).toMatchObject({ fingerprint, origin: "imported", exportable: "wrapped" })
  await home.done("key export sign --format pkcs8-pem --plaintext --yes --out plain.pem")
  expect(statSync(home.file("plain.pem")).mode & 0o777).toBe(0o600)
  const { stdout } = await home.run("key export sign --format openssh --public --passphrase-file passphrase")
  expect(stdout).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+/)
})

test("a key rests, wakes and ends", async () => {
  expect(await home.done("key suspend data --reason audit")).toMatchObject({ state: "suspended" })
  expect(await home.json("key encrypt data --in message")).toMatchObject({ status: 5 })
  expect(await home.done("key resume data --reason over")).toMatchObject({ state: "active" })
  expect(await home.done("key deactivate data --reason ended")).toMatchObject({ state: "deactivated" })
  expect(await home.done("key decrypt data --in sealed")).toMatchObject({ plaintext: expect.any(String) })
  const gone = await home.done("key destroy data --now --yes --reason ended")
  expect(gone).toMatchObject({ certificate: { name: "data", versions: [{ version: 1 }] } })
  expect(await home.json("key decrypt data --in sealed")).toMatchObject({ status: 5 })
  expect(await home.done("key show data")).toMatchObject({ state: "destroyed", name: "data" })
})

test("metadata changes, and goes away again", async () => {
  const set = await home.done("key set sign --name signer --owner ops --tag x --rotate-every 1y --no-environment")
  expect(set).toMatchObject({ name: "signer", owner: "ops", tags: ["x"], rotateEvery: "1y", environment: null })
  const unset = await home.done("key set signer --no-owner --untag x --rotate-every never")
  expect(unset).toMatchObject({ owner: null, tags: [], rotateEvery: null, nextRotationAt: null })
  expect(await home.done("key relate signer --depends-on mac")).toMatchObject({
    relations: [{ kind: "depends-on", direction: "to", key: "mac" }],
  })
})

test("a backup restores to the same vault", async () => {
  const backup = await home.done("vault backup backup.claviger-backup")
  expect(backup).toMatchObject({ path: home.file("backup.claviger-backup"), verified: true })
  const restored = await home.done("vault restore backup.claviger-backup --to restored.claviger")
  expect(restored).toMatchObject({ keys: backup["keys"], auditHead: backup["auditHead"], verified: true })
  expect(await home.done("vault backups")).toMatchObject({ backups: [{ present: true }] })
})

test("a drill proves the backup, and a damaged one is told by its exit status and in the list", async () => {
  const drilled = await home.done("vault drill backup.claviger-backup")
  expect(drilled).toMatchObject({ ok: true, path: home.file("backup.claviger-backup") })
  expect(await home.done("vault backups --holding signer")).toMatchObject({ backups: [{ verifiedAt: drilled["at"] }] })
  const bytes = readFileSync(home.file("backup.claviger-backup"))
  home.write("cut-off", bytes.subarray(0, bytes.length - 1))
  const { status, document } = await home.json("vault drill cut-off --backup-passphrase-file passphrase")
  expect({ status, document }).toMatchObject({ status: 7, document: { ok: false, problem: expect.any(String) } })
  expect(await home.done("vault backups")).toMatchObject({ backups: [{ verifiedAt: null, file: "there" }] })
})

test("the log is searched, and summed up", async () => {
  const { rows } = await home.done(
    "audit list --action key.destroy --outcome done --since 2020-01-01 --until 2099-01-01",
  )
  expect(rows).toMatchObject([{ target: "data" }])
  const { actions } = await home.done("audit summary")
  expect(actions).toContainEqual({ action: "vault.drill", rows: 2 })
})

test("the vault gets new keys, a new cost and a new passphrase, and is sound", async () => {
  await home.done("vault rekey --yes")
  await home.done("vault kdf --set memoryKiB=65536,passes=3,lanes=4")
  await home.done("keyring create more")
  await home.done("keyring rotate more")
  await home.done("vault compact")
  expect(await home.json("vault verify")).toMatchObject({ status: 0, document: { ok: true, problems: [] } })
  home.write("next", "next passphrase\n")
  await home.done("vault passwd --new-passphrase-file next")
  expect(await home.json("key list")).toMatchObject({ status: 3, document: { error: { code: "WRONG_PASSPHRASE" } } })
  home.write("passphrase", "next passphrase\n")
  await home.done("key list")
})

test("recovery shares open the vault when the passphrase is lost", async () => {
  const { recoveryShares, slot } = await home.done("vault slot add --recovery 2of3 --label sheets")
  expect(slot).toMatchObject({ kind: "recovery", label: "sheets" })
  expect(recoveryShares).toHaveLength(3)
  const shares = Array.isArray(recoveryShares) ? recoveryShares.map(String) : []
  home.write("shares", shares.slice(1).join("\r\n"))
  home.write("found", "found again\n")
  await home.done("vault recover --shares-file shares --new-passphrase-file found")
  home.write("passphrase", "found again\n")
  expect(await home.done("vault info")).toMatchObject({ locked: false })
})

test("everything is in the log, which proves itself inside and outside the vault", async () => {
  expect(await home.json("audit verify")).toMatchObject({ status: 0, document: { ok: true } })
  const { rows } = await home.done("audit list --key mac --action key.mac")
  expect(rows).toMatchObject([
    { action: "key.mac", target: "mac", outcome: "done", actor: expect.stringMatching(/^cli:/) },
  ])
  await home.done("audit export log.jsonl")
  const outside = await home.run("audit verify log.jsonl --json")
  expect({ status: outside.status, report: JSON.parse(outside.stdout) }).toMatchObject({
    status: 0,
    report: { ok: true },
  })
  home.write("forged.jsonl", text("log.jsonl").replace("key.suspend", "key.resumed"))
  const forged = await home.run("audit verify forged.jsonl --json")
  expect({ status: forged.status, report: JSON.parse(forged.stdout) }).toMatchObject({
    status: 7,
    report: { ok: false, firstBad: expect.any(Number) },
  })
})
