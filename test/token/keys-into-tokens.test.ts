import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import type { KeyAlgorithm, Purpose } from "../../preload/contract/values.ts"
import { isThere, run } from "../interop/program.ts"
import { utf8 } from "../support/vaults.ts"
import { userPin } from "./soft-hsm.ts"
import { vaultBesideToken } from "./vault-beside-token.ts"

const token = "pkcs11:token=work"

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("keys that come to be in a token", () => {
  const beside = vaultBesideToken()

  const inToken = (...args: readonly string[]) =>
    beside.softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, ...args)
  const file = (name: string, content?: string | Uint8Array): string => {
    if (content !== undefined) writeFileSync(beside.softHsm.file(name), content)
    return beside.softHsm.file(name)
  }
  const publicKeyOf = async (name: string, format: "spki-pem" | "openssh" = "spki-pem") =>
    (await beside.vault.ask("key.export", { name, format, protection: { kind: "public" } })).exported
  const sign = (name: string) => beside.vault.ask("key.sign", { name, message: utf8("m"), pin: utf8(userPin) })
  const told = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule).sort()

  describe("adopted", () => {
    const adopt = (object: string, name: string, more: { readonly purpose?: Purpose } = {}) =>
      ({ uri: `${token};${object}`, name, pin: utf8(userPin), ...more }) as const

    test("a key that another program made as we would is taken as it is, with its public key, and signs", async () => {
      inToken("--keypairgen", "--key-type", "EC:prime256v1", "--usage-sign", "--id", "a1", "--label", "theirs")
      const key = await beside.vault.ask("token.adopt", adopt("object=theirs", "adopted"))
      expect(key).toMatchObject({ algorithm: "ec-p256", purpose: "signature", origin: "imported", exportable: "never" })
      expect(key.findings).toEqual([])
      expect(parseTokenUri(key.location)).toMatchObject({ token: "work", type: "private", id: new Uint8Array([0xa1]) })
      const { signature } = await sign("adopted")
      const args = ["-verify", file("key.pem", await publicKeyOf("adopted")), "-signature", file("sig", signature)]
      expect(run("openssl", ["dgst", "-sha256", ...args, file("m", "m")]).toString()).toBe("Verified OK\n")
    })

    test("the same object is refused the second time, under whatever name of it", async () => {
      for (const object of ["object=theirs", "id=%A1", "object=theirs;type=private;id=%A1"]) {
        expect(await beside.vault.refusal("token.adopt", adopt(object, "twice"))).toMatchObject({
          code: "ALREADY_EXISTS",
          detail: "that key is here already, named adopted",
        })
      }
    })

    test("so is one that was made from here", async () => {
      const made = { name: "ours", algorithm: "ec-p256", token, pin: utf8(userPin) } as const
      await beside.vault.ask("key.generate", made)
      expect(await beside.vault.refusal("token.adopt", adopt("object=ours", "twice"))).toMatchObject({
        code: "ALREADY_EXISTS",
      })
    })

    test("a key that does several jobs gets one, when it is said which; and that it does more is told", async () => {
      const uses = ["--usage-sign", "--usage-decrypt"]
      inToken("--keypairgen", "--key-type", "rsa:2048", ...uses, "--id", "a2", "--label", "many")
      expect(await beside.vault.refusal("token.adopt", adopt("object=many", "many"))).toMatchObject({
        code: "INVALID_INPUT",
        detail: expect.stringContaining("signature, encryption"),
      })
      expect(
        await beside.vault.refusal("token.adopt", adopt("object=many", "many", { purpose: "key-agreement" })),
      ).toMatchObject({
        code: "INVALID_INPUT",
      })
      const key = await beside.vault.ask("token.adopt", adopt("object=many", "many", { purpose: "encryption" }))
      expect(told(key.findings)).toEqual(["token-key-several-jobs"])
      expect(key.usages).toEqual(["encrypt", "decrypt"])
      const { ciphertext } = await beside.vault.ask("key.encrypt", { name: "many", plaintext: utf8("m") })
      const opened = await beside.vault.ask("key.decrypt", { name: "many", ciphertext: utf8(ciphertext) })
      expect(Buffer.from(opened.plaintext).toString()).toBe("m")
    })

    test("a key that leaves, that can be read, or that came from elsewhere is taken, and all of it is told", async () => {
      const wanted = ["--id", "a3", "--label", "loose", "--usage-decrypt", "--extractable"]
      writeFileSync(file("aes"), Buffer.alloc(32, 5))
      inToken("--write-object", file("aes"), "--type", "secrkey", "--key-type", "AES:32", ...wanted)
      const key = await beside.vault.ask("token.adopt", adopt("object=loose", "loose", { purpose: "encryption" }))
      expect(told(key.findings)).toEqual(
        expect.arrayContaining(["token-key-extractable", "token-key-not-local", "token-key-not-sensitive"]),
      )
      const { rows } = await beside.vault.ask("audit.list", { action: "token.adopt", limit: 100 })
      expect(rows.at(-1)).toMatchObject({
        target: "loose",
        detail: { findings: expect.arrayContaining(["token-key-extractable"]) },
      })
    })

    test("all of that stays with the key, and is what `policy check` finds, until it is rotated", async () => {
      const rules = (await beside.vault.ask("key.show", { name: "loose" })).findings.map(({ rule }) => rule)
      expect(rules).toEqual(expect.arrayContaining(["token-key-extractable", "token-key-not-local"]))
      const found = async () =>
        (await beside.vault.ask("policy.check", {})).findings.filter(({ key }) => key === "loose")
      expect(await found()).toContainEqual(
        expect.objectContaining({ rule: "token-key-extractable", fix: expect.stringContaining("key rotate loose") }),
      )
      await beside.vault.ask("key.rotate", { name: "loose", pin: utf8(userPin) })
      expect((await beside.vault.ask("key.show", { name: "loose" })).findings).toEqual([])
      expect(await found()).toEqual([])
    })

    test("the list of tokens tells what of the vault is in each, as long as that is open", async () => {
      const { ofVault } = await beside.vault.ask("token.list", {})
      expect(ofVault).toMatchObject([{ keys: expect.arrayContaining(["adopted", "many"]), keyrings: [], keyslots: 0 }])
      await beside.vault.ask("vault.lock", {})
      expect(await beside.vault.ask("token.list", {})).toMatchObject({ ofVault: [] })
      await beside.vault.unlock()
    })

    test("what is no key, or not there, is refused", async () => {
      expect(await beside.vault.refusal("token.adopt", adopt("object=none", "none"))).toMatchObject({
        code: "NOT_FOUND",
      })
      expect(await beside.vault.refusal("token.adopt", adopt("object=theirs;type=public", "none"))).toMatchObject({
        code: "NOT_FOUND",
      })
    })

    test("it is rotated into a key of ours, and destroyed as any other", async () => {
      inToken("--keypairgen", "--key-type", "EC:prime256v1", "--usage-sign", "--id", "a5", "--label", "older")
      await beside.vault.ask("token.adopt", adopt("object=older", "renewed"))
      const { signature } = await sign("renewed")
      await beside.vault.ask("key.rotate", { name: "renewed", pin: utf8(userPin) })
      const verify = { name: "renewed", message: utf8("m"), signature }
      expect(await beside.vault.ask("key.verify", verify)).toMatchObject({ valid: true, keyVersion: 1 })
      await beside.vault.ask("key.destroy", { name: "renewed", reason: "test", confirmed: true })
      expect(inToken("--list-objects")).not.toMatch(/label: +(older|renewed)\n/)
    })

    test("a key that asks for the PIN each time is adopted, and asks", async () => {
      const wanted = ["--usage-sign", "--always-auth", "--id", "a7", "--label", "asks"]
      inToken("--keypairgen", "--key-type", "EC:prime256v1", ...wanted)
      await beside.vault.ask("token.adopt", adopt("object=asks", "asks"))
      await sign("asks")
      expect(await beside.vault.refusal("key.sign", { name: "asks", message: utf8("m") })).toMatchObject({
        code: "PIN_INCORRECT",
        detail: "a PIN is needed",
      })
      await sign("asks")
    })

    test("its certificate stays when it is destroyed", async () => {
      inToken("--keypairgen", "--key-type", "EC:prime256v1", "--usage-sign", "--id", "a6", "--label", "certified")
      const subject = ["-subj", "/CN=test", "-keyout", file("c.key"), "-out", file("c.pem"), "-nodes"]
      run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", ...subject])
      run("openssl", ["x509", "-in", file("c.pem"), "-outform", "DER", "-out", file("c.der")])
      inToken("--write-object", file("c.der"), "--type", "cert", "--id", "a6", "--label", "certified")
      await beside.vault.ask("token.adopt", adopt("object=certified", "certified"))
      await beside.vault.ask("key.destroy", { name: "certified", reason: "test", confirmed: true })
      const left = inToken("--list-objects")
        .split(/\n(?=\S)/)
        .filter((part) => / certified\n/.test(part))
      expect(left).toEqual([expect.stringMatching(/^Certificate Object/)])
    })
  })

  describe("imported from the vault", () => {
    const bring = (key: string) => ({ uri: token, name: `${key}-there`, key, pin: utf8(userPin) })
    const make = (name: string, algorithm: KeyAlgorithm, purpose: Purpose) =>
      beside.vault.ask("key.generate", { name, algorithm, purpose, exportable: "wrapped" })

    test.for([
      ["rsa-2048", "signature"],
      ["ec-p256", "signature"],
      ["ec-p384", "authentication"],
      ["ec-p521", "signature"],
      ["ec-secp256k1", "signature"],
    ] as const)("%s for %s signs there, and is the same key", async ([algorithm, purpose]) => {
      const { fingerprint } = await make(algorithm, algorithm, purpose)
      const there = await beside.vault.ask("token.import", bring(algorithm))
      expect(there).toMatchObject({ fingerprint, origin: "imported", exportable: "never" })
      expect(there.warnings).toEqual([expect.stringContaining("CKA_LOCAL is false")])
      const { signature } = await sign(`${algorithm}-there`)
      expect(await beside.vault.ask("key.verify", { name: algorithm, message: utf8("m"), signature })).toMatchObject({
        valid: true,
      })
    })

    test("another program sees that it has one job, does not leave, and was not made there", async () => {
      const list = inToken("--list-objects").split(/\n(?=\S)/)
      const part = (kind: string) => list.find((each) => each.startsWith(kind) && each.includes(" ec-p256-there\n"))
      expect(part("Private Key Object")).toMatch(/Usage: +sign\n/)
      expect(part("Private Key Object")).toMatch(/Access: +sensitive\s*$/)
      expect(part("Public Key Object")).toMatch(/Usage: +verify\s/)
    })

    test("an AES key opens there what was encrypted here, by Node.js, and has its check value", async () => {
      const { versions } = await make("aes", "aes-256", "encryption")
      const there = await beside.vault.ask("token.import", bring("aes"))
      expect(there.versions[0]?.kcv).toBe(versions[0]?.kcv)
      const { ciphertext } = await beside.vault.ask("key.encrypt", { name: "aes-there", plaintext: utf8("m") })
      expect(
        Buffer.from(
          (await beside.vault.ask("key.decrypt", { name: "aes-there", ciphertext: utf8(ciphertext) })).plaintext,
        ).toString(),
      ).toBe("m")
    })

    test("an HMAC key makes the same tags", async () => {
      await make("mac", "hmac-sha512", "mac")
      await beside.vault.ask("token.import", bring("mac"))
      const [here, there] = [
        await beside.vault.ask("key.mac", { name: "mac", message: utf8("m") }),
        await beside.vault.ask("key.mac", { name: "mac-there", message: utf8("m") }),
      ]
      expect(there.mac).toEqual(here.mac)
    })

    test("OpenSSL unwraps what a wrapping key wraps there", async () => {
      const kek = Buffer.alloc(32, 0x4b)
      const imported = { name: "kek", file: new Uint8Array(kek), format: "raw", algorithm: "aes-256" } as const
      await beside.vault.ask("key.import", { ...imported, purpose: "key-wrapping", exportable: "wrapped" })
      await beside.vault.ask("token.import", bring("kek"))
      const secret = { bytes: new Uint8Array(Buffer.from("24 bytes, to be wrapped.")) }
      const { wrapped } = await beside.vault.ask("key.wrap", { name: "kek-there", mechanism: "aes-kwp", secret })
      const unwrap = ["-d", "-id-aes256-wrap-pad", "-K", kek.toString("hex"), "-iv", "a65959a6"]
      const opened = execFileSync("openssl", ["enc", ...unwrap, "-in", file("wrapped", wrapped)])
      expect(opened.toString()).toBe("24 bytes, to be wrapped.")
    })

    test("a key that must not leave does not", async () => {
      await beside.vault.ask("key.generate", { name: "stays", algorithm: "ec-p256" })
      expect(await beside.vault.refusal("token.import", bring("stays"))).toMatchObject({ code: "POLICY_DENIED" })
    })

    test("what the token does not do is refused by name, and what it can't take in leaves nothing there", async () => {
      await beside.vault.ask("key.generate", { name: "pq", algorithm: "ml-dsa-44", exportable: "wrapped" })
      expect(await beside.vault.refusal("token.import", bring("pq"))).toMatchObject({
        code: "INVALID_INPUT",
        detail: expect.stringContaining("ml-dsa-44 don't serve signature"),
      })
      // SoftHSM 2 makes keys of Ed25519, and can't unwrap them.
      await beside.vault.ask("key.generate", { name: "ed", algorithm: "ed25519", exportable: "wrapped" })
      expect(await beside.vault.refusal("token.import", bring("ed"))).toMatchObject({ code: "TOKEN_ERROR" })
      expect(inToken("--list-objects")).not.toMatch(/label: +(pq|ed)-there\n/)
      expect(await beside.vault.refusal("key.show", { name: "ed-there" })).toMatchObject({ code: "NOT_FOUND" })
    })

    test("the log names both keys, and the vault is as it should be", async () => {
      const { rows } = await beside.vault.ask("audit.list", { action: "token.import", limit: 100 })
      const targets = rows.filter(({ outcome }) => outcome !== "denied").map(({ target }) => target)
      expect(targets).toEqual(expect.arrayContaining(["ec-p256", "ec-p256-there"]))
      expect(await beside.vault.ask("vault.verify", {})).toMatchObject({ ok: true, problems: [] })
    })
  })

  test("the public half of a key in a token leaves in the forms of SSH and SPKI", async () => {
    await beside.vault.ask("key.generate", {
      name: "login",
      algorithm: "ed25519",
      purpose: "ssh",
      token,
      pin: utf8(userPin),
    })
    writeFileSync(file("login.pub"), await publicKeyOf("login", "openssh"))
    const { fingerprints } = await beside.vault.ask("key.show", { name: "login" })
    expect(run("ssh-keygen", ["-lf", file("login.pub")]).toString()).toContain(fingerprints?.openssh)
    writeFileSync(file("login.pem"), await publicKeyOf("login"))
    expect(run("openssl", ["pkey", "-pubin", "-in", file("login.pem"), "-text", "-noout"]).toString()).toMatch(
      /ED25519/i,
    )
    expect(readFileSync(file("login.pem"), "utf8")).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  })
})
