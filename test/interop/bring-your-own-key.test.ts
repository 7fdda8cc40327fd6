import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { ClavigerHome } from "../support/run-claviger.ts"

/** The block that AES-KWP begins with (RFC 5649, 3). */
const kwpInitialValue = "A65959A6"

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  await home.done("key generate data --algorithm aes-256 --exportable wrapped")
  await home.done("key generate signer --algorithm ec-p256 --exportable wrapped")
})
afterAll(() => home[Symbol.dispose]())

function openssl(...words: string[]): Buffer {
  return execFileSync("openssl", words, { stdio: ["ignore", "pipe", "pipe"] })
}

/** What a cloud key service does with an upload: RSA-OAEP gives a transport key, AES-KWP the key. */
function unwrapAsServices(file: string, privateKey: string, hash: string): Buffer {
  const wrapped = readFileSync(file)
  const block = home.write("block", wrapped.subarray(0, 384))
  const oaep = ["rsa_padding_mode:oaep", `rsa_oaep_md:${hash}`, `rsa_mgf1_md:${hash}`].flatMap((o) => ["-pkeyopt", o])
  const transport = openssl("pkeyutl", "-decrypt", "-inkey", privateKey, "-in", block, ...oaep)
  const rest = home.write("rest", wrapped.subarray(384))
  return openssl(
    "enc",
    "-d",
    "-id-aes256-wrap-pad",
    "-K",
    transport.toString("hex"),
    "-iv",
    kwpInitialValue,
    "-in",
    rest,
  )
}

test.for(["sha256", "sha1"])("a service with RSA-OAEP and %s reads what is brought along", async (hash) => {
  const [privateKey, publicKey] = [home.file(`service-${hash}.pem`), home.file(`service-${hash}.pub.pem`)]
  openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", "-out", privateKey)
  openssl("pkey", "-in", privateKey, "-pubout", "-out", publicKey)
  const to = ["--to", publicKey, "--mechanism", `rsa-oaep-${hash}-aes-kwp`]
  const out = home.file(`upload-${hash}`)
  await home.done(["key", "export", "data", "--format", "raw", ...to, "--out", out])
  expect(unwrapAsServices(out, privateKey, hash)).toHaveLength(32)
  await home.done(["key", "export", "signer", "--format", "pkcs8-der", ...to, "--out", out, "--force"])
  const der = home.write("signer.der", unwrapAsServices(out, privateKey, hash))
  const spki = openssl("pkey", "-inform", "DER", "-in", der, "-pubout")
  const { exported } = await home.done("key export signer --format spki-pem --public")
  expect(spki.toString()).toBe(exported)
})

test("what a service wraps for us becomes a key here", async () => {
  await home.done("key generate import-key --algorithm rsa-3072 --purpose key-wrapping")
  const publicKey = home.file("import-key.pem")
  await home.done(["key", "export", "import-key", "--format", "spki-pem", "--public", "--out", publicKey])
  const transport = openssl("rand", "32")
  const material = openssl("rand", "32")
  const oaep = ["rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256"].flatMap((o) => ["-pkeyopt", o])
  const input = ["-in", home.write("transport", transport)]
  const block = openssl("pkeyutl", "-encrypt", "-pubin", "-inkey", publicKey, ...input, ...oaep)
  const cipher = ["-id-aes256-wrap-pad", "-K", transport.toString("hex"), "-iv", kwpInitialValue]
  const wrapped = openssl("enc", ...cipher, "-in", home.write("material", material))
  const file = home.write("from-service", Buffer.concat([block, wrapped]))
  const how = ["--wrapped-by", "import-key", "--algorithm", "aes-256", "--exportable", "yes"]
  const { kcv } = await firstVersion(["key", "import", "arrived", "--in", file, ...how])
  const mac = openssl(
    "mac",
    "-cipher",
    "AES-256-CBC",
    "-macopt",
    `hexkey:${material.toString("hex")}`,
    "-in",
    zeros(),
    "CMAC",
  )
  expect(kcv).toBe(`cmac:${mac.toString().slice(0, 6).toLowerCase()}`)
})

async function firstVersion(line: readonly string[]): Promise<{ kcv?: unknown }> {
  const { versions } = await home.done(line)
  return Array.isArray(versions) ? versions[0] : {}
}

function zeros(): string {
  return home.write("zeros", new Uint8Array(16))
}
