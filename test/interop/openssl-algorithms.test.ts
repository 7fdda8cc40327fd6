import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { decrypt, encrypt } from "../../main/crypto/algorithms/encryption.ts"
import { generateMaterial, keyCheckValue, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { mac } from "../../main/crypto/algorithms/message-authentication.ts"

const noAad = new Uint8Array()
const oaep = ["rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256"].flatMap((option) => [
  "-pkeyopt",
  option,
])

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-openssl-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex")
}

test("openssl decrypts our RSA-OAEP", async () => {
  using material = await generateMaterial("rsa-2048")
  const publicKey = publicKeyFor("rsa-2048", material.bytes) ?? noAad
  const sealed = await encrypt("rsa-2048", "rsa-oaep-sha256", publicKey, Buffer.from("for openssl"), noAad)
  const key = ["-inkey", file("rsa.key", material.bytes), "-keyform", "DER"]
  const opened = execFileSync("openssl", ["pkeyutl", "-decrypt", ...key, ...oaep, "-in", file("sealed", sealed)])
  expect(opened.toString()).toBe("for openssl")
})

test("we decrypt openssl's RSA-OAEP", async () => {
  using material = await generateMaterial("rsa-2048")
  const publicKey = publicKeyFor("rsa-2048", material.bytes) ?? noAad
  const key = ["-pubin", "-inkey", file("rsa.pub", publicKey), "-keyform", "DER"]
  const plaintext = file("plaintext", Buffer.from("from openssl"))
  const sealed = execFileSync("openssl", ["pkeyutl", "-encrypt", ...key, ...oaep, "-in", plaintext])
  using opened = await decrypt("rsa-2048", "rsa-oaep-sha256", material.bytes, sealed, noAad)
  expect(Buffer.from(opened?.bytes ?? []).toString()).toBe("from openssl")
})

test.for(["sha256", "sha384", "sha512"] as const)("hmac-%s: our code is openssl's", async (digest) => {
  using material = await generateMaterial(`hmac-${digest}`)
  const message = Buffer.from("authenticated")
  const options = [`-${digest}`, "-mac", "HMAC", "-macopt", `hexkey:${hexOf(material.bytes)}`]
  const expected = execFileSync("openssl", ["dgst", ...options, "-binary", file("message", message)])
  expect(hexOf(await mac(`hmac-${digest}`, material.bytes, message))).toBe(hexOf(expected))
})

test.for([128, 192, 256] as const)("aes-%i: our check value is openssl's CMAC over a zero block", async (bits) => {
  using material = await generateMaterial(`aes-${bits}`)
  const options = ["-cipher", `AES-${bits}-CBC`, "-macopt", `hexkey:${hexOf(material.bytes)}`]
  const zero = file("zero", new Uint8Array(16))
  const code = execFileSync("openssl", ["mac", ...options, "-in", zero, "CMAC"])
    .toString()
    .trim()
    .toLowerCase()
  expect(keyCheckValue(`aes-${bits}`, material.bytes)).toBe(`cmac:${code.slice(0, 6)}`)
})
