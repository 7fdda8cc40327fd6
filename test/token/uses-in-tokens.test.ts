import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto"
import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { parseTokenUri } from "../../main/domain/token-uri.ts"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { isThere, run } from "../interop/program.ts"
import { utf8 } from "../support/vaults.ts"
import { userPin } from "./soft-hsm.ts"
import { vaultBesideToken } from "./vault-beside-token.ts"

const token = "pkcs11:token=work"
/** By which OpenSC's program names it. */
const idIn = (location: string) => Buffer.from(parseTokenUri(location).id ?? []).toString("hex")
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("what keys in a token do", () => {
  const beside = vaultBesideToken()

  const make = (name: string, algorithm: Algorithm, purpose: Purpose) =>
    beside.vault.ask("key.generate", { name, algorithm: algorithm as "aes-256", purpose, token, pin: utf8(userPin) })
  const encrypt = (name: string, plaintext: string) =>
    beside.vault.ask("key.encrypt", { name, plaintext: utf8(plaintext) })
  const decrypt = (name: string, ciphertext: string) =>
    beside.vault.ask("key.decrypt", { name, ciphertext: utf8(ciphertext) })
  const file = (name: string, content?: string | Uint8Array): string => {
    if (content !== undefined) writeFileSync(beside.softHsm.file(name), content)
    return beside.softHsm.file(name)
  }
  const inToken = (...args: readonly string[]) =>
    beside.softHsm.pkcs11Tool("--token-label", "work", "--login", "--pin", userPin, ...args)

  describe.for([
    ["aes-128", "encryption"],
    ["aes-256", "encryption"],
    ["aes-256", "key-wrapping"],
    ["rsa-2048", "encryption"],
    ["rsa-2048", "key-wrapping"],
  ] as const)("%s for %s", ([algorithm, purpose]) => {
    const name = `${algorithm}-${purpose}`
    const datakey = () => beside.vault.ask("key.datakey", { name })
    const unwrap = (wrapped: string) => beside.vault.ask("key.unwrap", { name, wrapped: utf8(wrapped) })

    test("a data key is made, and opened again", async () => {
      await make(name, algorithm, purpose)
      const { wrapped, plaintext } = await datakey()
      expect((await unwrap(wrapped)).plaintext).toEqual(plaintext)
    })

    test("what was changed does not open", async () => {
      const { wrapped } = await datakey()
      const end = wrapped.endsWith("AAAA") ? "BBBB" : "AAAA"
      const changed = { name, wrapped: utf8(wrapped.slice(0, -4) + end) }
      expect(await beside.vault.refusal("key.unwrap", changed)).toMatchObject({ code: "INTEGRITY_FAILED" })
      expect((await unwrap(wrapped)).plaintext).toHaveLength(32)
    })

    test("after a rotation the old version opens what it made, and data keys move to the new one", async () => {
      const { wrapped, plaintext } = await datakey()
      await beside.vault.ask("key.rotate", { name })
      expect(await unwrap(wrapped)).toMatchObject({ keyVersion: 1, plaintext })
      const moved = await beside.vault.ask("key.rewrap", { name, wrapped: utf8(wrapped) })
      expect(moved).toMatchObject({ fromVersion: 1, keyVersion: 2 })
      expect(await unwrap(moved.wrapped)).toMatchObject({ keyVersion: 2, plaintext })
    })
  })

  test.for([["aes-192"], ["rsa-3072"]] as const)("%s encrypts, and decrypts", async ([algorithm]) => {
    await make(`message-${algorithm}`, algorithm, "encryption")
    const { ciphertext } = await encrypt(`message-${algorithm}`, "a message")
    expect(text((await decrypt(`message-${algorithm}`, ciphertext)).plaintext)).toBe("a message")
  })

  test.for([0, 1, 1024 * 1024])("a message of %i bytes comes out as it went in", async (length) => {
    const name = `of-${length}`
    await make(name, "aes-256", "encryption")
    const message = Buffer.alloc(length, "claviger")
    const { ciphertext } = await beside.vault.ask("key.encrypt", { name, plaintext: new Uint8Array(message) })
    expect(Buffer.from((await decrypt(name, ciphertext)).plaintext).equals(message)).toBe(true)
  })

  test("a ciphertext of another key is not opened by it", async () => {
    await make("mine", "aes-256", "encryption")
    await make("theirs", "aes-256", "encryption")
    const [mine, theirs] = [await encrypt("mine", "m"), await encrypt("theirs", "m")]
    const mixed = [...mine.ciphertext.split(":").slice(0, 4), theirs.ciphertext.split(":")[4]].join(":")
    const asked = { name: "mine", ciphertext: utf8(mixed) }
    expect(await beside.vault.refusal("key.decrypt", asked)).toMatchObject({ code: "INTEGRITY_FAILED" })
  })

  test("OpenSC's program opens what is encrypted to an RSA key, and we what OpenSSL encrypted", async () => {
    const { location } = await make("oaep", "rsa-2048", "encryption")
    // SoftHSM knows OAEP with SHA-1 only.
    expect(location).toMatch(/\?x-claviger-oaep=sha1$/)
    const { ciphertext, mechanism } = await encrypt("oaep", "for OpenSC")
    expect(mechanism).toBe("rsa-oaep-sha1")
    const [, , , , block = ""] = ciphertext.split(":")
    const oaep = ["--mechanism", "RSA-PKCS-OAEP", "--hash-algorithm", "SHA-1", "--mgf", "MGF1-SHA1"]
    const io = ["-i", file("block", Buffer.from(block, "base64url")), "-o", file("opened")]
    inToken("--decrypt", "--id", idIn(location), ...oaep, ...io)
    expect(readFileSync(file("opened"), "utf8")).toBe("for OpenSC")
    const { exported } = await beside.vault.ask("key.export", {
      name: "oaep",
      format: "spki-pem",
      protection: { kind: "public" },
    })
    const key = ["-pubin", "-inkey", file("oaep.pem", exported), "-in", file("message", "from OpenSSL")]
    const sealed = run("openssl", ["pkeyutl", "-encrypt", ...key, "-pkeyopt", "rsa_padding_mode:oaep"])
    const opened = await beside.vault.ask("key.decrypt", { name: "oaep", ciphertext: new Uint8Array(sealed) })
    expect(text(opened.plaintext)).toBe("from OpenSSL")
  })

  test("to encrypt to an RSA key its token is not needed, to decrypt it is", async () => {
    await make("away", "rsa-2048", "encryption")
    const away = beside.softHsm.pullOut()
    expect(away).toBeTruthy()
    await beside.vault.ask("vault.lock", {})
    await beside.vault.unlock()
    const { ciphertext } = await encrypt("away", "a message")
    const asked = { name: "away", ciphertext: utf8(ciphertext), pin: utf8(userPin) }
    expect(await beside.vault.refusal("key.decrypt", asked)).toMatchObject({ code: "TOKEN_ABSENT" })
    beside.softHsm.plugIn()
    await beside.vault.ask("vault.lock", {})
    await beside.vault.unlock()
    const opened = await beside.vault.ask("key.decrypt", {
      name: "away",
      ciphertext: utf8(ciphertext),
      pin: utf8(userPin),
    })
    expect(text(opened.plaintext)).toBe("a message")
  })

  describe.for(["hmac-sha256", "hmac-sha384", "hmac-sha512"] as const)("%s", (algorithm) => {
    const tag = async (message: Uint8Array<ArrayBuffer>) =>
      (await beside.vault.ask("key.mac", { name: algorithm, message })).mac

    test("authenticates, as OpenSC's program does in the same token", async () => {
      const { location } = await make(algorithm, algorithm, "mac")
      const mac = await tag(utf8("a message"))
      const mechanism = algorithm.replace("hmac-sha", "SHA").concat("-HMAC")
      const io = ["-i", file("message", "a message"), "-o", file("tag")]
      inToken("--sign", "--mechanism", mechanism, "--id", idIn(location), ...io)
      expect(Buffer.from(mac).equals(readFileSync(file("tag")))).toBe(true)
    })

    test("its tags are verified, and no others", async () => {
      const message = utf8("a message")
      const signature = await tag(message)
      expect(await beside.vault.ask("key.verify", { name: algorithm, message, signature })).toMatchObject({
        valid: true,
      })
      signature[0] = (signature[0] ?? 0) ^ 1
      expect(await beside.vault.ask("key.verify", { name: algorithm, message, signature })).toMatchObject({
        valid: false,
      })
    })

    test("a long message has a tag too, and an empty one", async () => {
      for (const length of [0, 16 * 1024, 16 * 1024 + 1, 300_000]) {
        const message = new Uint8Array(length)
        const signature = await tag(message)
        expect(await beside.vault.ask("key.verify", { name: algorithm, message, signature })).toMatchObject({
          valid: true,
        })
      }
    })

    test("after a rotation the old version verifies", async () => {
      const message = utf8("a message")
      const signature = await tag(message)
      await beside.vault.ask("key.rotate", { name: algorithm })
      const told = await beside.vault.ask("key.verify", { name: algorithm, message, signature })
      expect(told).toMatchObject({ valid: true, keyVersion: 1 })
    })
  })

  describe("an AES key for wrapping", () => {
    test("wraps as other programs do what is a multiple of 8 bytes long, and refuses what SoftHSM would fill up", async () => {
      await make("kek", "aes-256", "key-wrapping")
      const wrap = (size: number) => ({
        name: "kek",
        mechanism: "aes-kwp" as const,
        secret: { bytes: new Uint8Array(size).fill(7) },
      })
      const { wrapped, isToken } = await beside.vault.ask("key.wrap", wrap(24))
      expect({ length: wrapped.length, isToken }).toEqual({ length: 32, isToken: false })
      const opened = await beside.vault.ask("key.unwrap", { name: "kek", mechanism: "aes-kwp", wrapped })
      expect(opened.plaintext).toEqual(new Uint8Array(24).fill(7))
      expect(await beside.vault.refusal("key.wrap", wrap(23))).toMatchObject({ code: "TOKEN_ERROR" })
    })

    test("wraps a key of the vault, which comes back as a key", async () => {
      await beside.vault.ask("key.generate", { name: "traveller", algorithm: "ec-p256", exportable: "wrapped" })
      const { wrapped, isToken } = await beside.vault.ask("key.wrap", { name: "kek", secret: { key: "traveller" } })
      expect(isToken).toBe(true)
      const opened = await beside.vault.ask("key.unwrap", { name: "kek", wrapped })
      const imported = await beside.vault.ask("key.import", { name: "returned", file: opened.plaintext })
      const { fingerprint } = await beside.vault.ask("key.show", { name: "traveller" })
      expect(imported.keys).toMatchObject([{ key: { fingerprint } }])
    })

    test("does not encrypt, and one for encryption does not wrap as others do", async () => {
      expect(await beside.vault.refusal("key.encrypt", { name: "kek", plaintext: utf8("m") })).toMatchObject({
        code: "POLICY_DENIED",
      })
      await make("no-kek", "aes-256", "encryption")
      const asked = { name: "no-kek", mechanism: "aes-kwp", secret: { bytes: new Uint8Array(16) } } as const
      expect(await beside.vault.refusal("key.wrap", asked)).toMatchObject({ code: "POLICY_DENIED" })
    })
  })

  test.for(["encryption", "key-wrapping"] as const)(
    "a key that was wrapped for an RSA key for %s in two steps, as for cloud services, is imported",
    async (purpose) => {
      const name = `cloud-${purpose}`
      await make(name, "rsa-2048", purpose)
      await beside.vault.generate(`${name}-original`, { exportable: "wrapped" })
      const asked = { name, mechanism: "rsa-oaep-sha1-aes-kwp", secret: { key: `${name}-original` } } as const
      const { wrapped } = await beside.vault.ask("key.wrap", asked)
      const { versions } = await beside.vault.ask("key.show", { name: `${name}-original` })
      const { keys } = await beside.vault.ask("key.import", {
        name: `${name}-copy`,
        file: wrapped,
        format: "raw",
        algorithm: "aes-256",
        wrappedBy: { name },
      })
      expect(keys).toMatchObject([{ key: { versions: [{ kcv: versions[0]?.kcv }] } }])
    },
  )

  test.for([
    ["ec-p256", "P-256"],
    ["ec-p384", "P-384"],
    ["ec-p521", "P-521"],
  ] as const)("%s agrees on what the other side computes", async ([algorithm, namedCurve]) => {
    const name = `agrees-${algorithm}`
    await make(name, algorithm, "key-agreement")
    const other = generateKeyPairSync("ec", { namedCurve })
    const peer = () => utf8(other.publicKey.export({ format: "pem", type: "spki" }).toString())
    const protection = { kind: "public" } as const
    const { exported } = await beside.vault.ask("key.export", { name, format: "spki-pem", protection })
    const shared = diffieHellman({
      privateKey: other.privateKey,
      publicKey: createPublicKey(Buffer.from(exported)),
    })
    const bits = shared.length * 8
    const { derived } = await beside.vault.ask("key.derive", { name, mechanism: "ecdh", peer: peer(), bits })
    expect(Buffer.from(derived ?? []).equals(shared)).toBe(true)
    const kept = await beside.vault.ask("key.derive", {
      name,
      peer: peer(),
      as: { name: `${name}-s`, algorithm: "aes-256" },
    })
    expect(kept.key).toMatchObject({ origin: "derived", location: "vault" })
    const wrong = utf8(
      generateKeyPairSync("ec", { namedCurve: "secp256k1" })
        .publicKey.export({ format: "pem", type: "spki" })
        .toString(),
    )
    expect(await beside.vault.refusal("key.derive", { name, peer: wrong })).toMatchObject({ code: "INVALID_INPUT" })
  })

  test("a file is encrypted for a key in a token, and decrypted by it", async () => {
    await make("files", "aes-256", "encryption")
    const [input, output, back] = [file("plain", "the content"), file("plain.age"), file("plain.back")]
    await beside.vault.ask("file.encrypt", { input, output, keys: [{ name: "files" }] })
    await beside.vault.ask("key.rotate", { name: "files" })
    const { key } = await beside.vault.ask("file.decrypt", { input: output, output: back })
    expect(key).toMatchObject({ name: "files", keyVersion: 1 })
    expect(readFileSync(back, "utf8")).toBe("the content")
  })

  test.for([
    ["hmac-sha256", "key-agreement", /hmac-sha256 don't serve key-agreement; these do: ec-p256, ec-p384, ec-p521/],
    ["ed25519", "encryption", /ed25519 can't serve encryption/],
    ["chacha20-poly1305", "encryption", /these do: aes-128, aes-192, aes-256, rsa-2048, rsa-3072, rsa-4096/],
    ["ml-dsa-65", "signature", /these do: rsa-2048, .*, ec-secp256k1, ed25519/],
    ["x25519", "key-agreement", /these do: ec-p256/],
  ] as const)("%s for %s is refused by name, with what can be made", async ([algorithm, purpose, detail]) => {
    const asked = { name: "none", algorithm, purpose, token, pin: utf8(userPin) }
    expect(await beside.vault.refusal("key.generate", asked)).toMatchObject({
      code: "INVALID_INPUT",
      detail: expect.stringMatching(detail),
    })
  })
})
