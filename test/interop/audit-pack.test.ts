import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"
import { isThere, run } from "./program.ts"

describe.skipIf(!isThere("unzip") || !isThere("openssl"))("an auditor's pack", () => {
  let home: ClavigerHome
  let folder: string
  let packed: unknown

  beforeAll(async () => {
    home = new ClavigerHome()
    await home.done("vault create --kdf low-memory")
    await home.done("keyring create payroll")
    await home.done("key generate old --algorithm aes-128 --owner ann")
    await home.done("key generate gone --algorithm ed25519")
    await home.done("keyring policy personal --set cnsa-2.0")
    await home.done("key destroy gone --now --yes --reason over")
    await home.done("key compromise old --reason stolen --yes")
    await home.done("vault backup one.clvbackup")
    packed = await home.done("audit pack pack.zip")
    folder = home.file("unpacked")
    mkdirSync(folder)
    run("unzip", ["-q", home.file("pack.zip"), "-d", folder])
  })
  afterAll(() => home[Symbol.dispose]())

  const file = (name: string): Buffer => readFileSync(`${folder}/${name}`)
  const parsed = (name: string): unknown => JSON.parse(file(name).toString())

  test("holds each file that its manifest names, with that hash, and no other", () => {
    const manifest = parsed("manifest.json")
    expect(manifest).toMatchObject({ format: "claviger-audit-pack", v: 1 })
    const files = Object(manifest).files.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256])
    const own = ["audit-key.pem", "manifest.json", "manifest.sig"]
    const there = readdirSync(folder).filter((name) => !own.includes(name))
    const hashes = there.map((name) => [name, createHash("sha256").update(file(name)).digest("hex")])
    expect(files.toSorted()).toEqual(hashes.toSorted())
    const { files: named, head } = Object(manifest)
    expect(packed).toMatchObject({ files: expect.arrayContaining(named), head })
  })

  test("is signed by the vault's audit key, as openssl finds without the vault", async () => {
    const keyed = ["-pubin", "-inkey", `${folder}/audit-key.pem`, "-rawin", "-sigfile", `${folder}/manifest.sig`]
    const verified = run("openssl", ["pkeyutl", "-verify", ...keyed, "-in", `${folder}/manifest.json`])
    expect(verified.toString()).toContain("Signature Verified Successfully")
    expect(() => run("openssl", ["pkeyutl", "-verify", ...keyed, "-in", `${folder}/README.txt`])).toThrow()
    const der = run("openssl", ["pkey", "-pubin", "-in", `${folder}/audit-key.pem`, "-outform", "DER"])
    const { auditKey } = await home.done("vault info")
    expect(`SHA256:${createHash("sha256").update(der).digest("base64")}`).toBe(auditKey)
  })

  test("has the log up to the row that it was packed in, and that verifies without the vault", async () => {
    using elsewhere = new ClavigerHome()
    const verified = await elsewhere.done(`audit verify ${folder}/log.jsonl`)
    expect(verified).toMatchObject({ ok: true, head: Object(parsed("manifest.json")).head })
  })

  test("tells of policies, findings, destructions, incidents and backups", () => {
    expect(parsed("policies.json")).toMatchObject([{ keyring: "payroll" }, { keyring: "personal", version: 1 }])
    expect(parsed("findings.json")).toMatchObject({ counts: expect.any(Object) })
    expect(parsed("hygiene.json")).toMatchObject({ counts: { "never-backed-up": 0 }, keys: [] })
    expect(parsed("destructions.json")).toMatchObject([{ certificate: { name: "gone", reason: "over" } }])
    expect(parsed("incidents.json")).toMatchObject([{ key: { name: "old" }, reason: "stolen" }])
    expect(parsed("backups.json")).toMatchObject([{ path: home.file("one.clvbackup"), drill: null }])
    expect(file("inventory.cdx.json").toString()).toContain("CycloneDX")
  })

  test("does not take the place of another file unasked", async () => {
    expect(await home.json("audit pack pack.zip")).toMatchObject({ status: 4 })
    await home.done("audit pack pack.zip --force")
  })
})
