import { generateKeyPairSync } from "node:crypto"
import type { ClavigerHome } from "../support/run-claviger.ts"

/** All that is secret begins so: one search finds any of it. */
export const mark = "Qx9Zr4leak"

const base64 = Buffer.from(`${mark}-in-base64`.repeat(4)).toString("base64")
const pem = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`

/** Files with secrets that cannot be read as what they are given for. */
const files = {
  "no base64.pem": pem("PRIVATE KEY", `${mark}!`),
  "no der.pem": pem("PRIVATE KEY", base64),
  "no rsa.pem": pem("RSA PRIVATE KEY", base64),
  "no sec1.pem": pem("EC PRIVATE KEY", base64),
  "no openssh.pem": pem("OPENSSH PRIVATE KEY", base64),
  "no end.pem": `-----BEGIN PRIVATE KEY-----\n${mark}\n`,
  "cut.jwk": `{"kty":"oct","k":"${mark}"`,
  "no base64url.jwk": `{"kty":"oct","alg":"A256GCM","k":"${mark}!"}`,
  "no curve.jwk": `{"kty":"EC","crv":"${mark}","d":"${mark}"}`,
  "twice.jwk": `{"kty":"oct","k":"${mark}","k":"${mark}"}`,
  "no hex": `${mark}zz`,
  text: mark,
  "no utf-8": Buffer.concat([Buffer.from(mark), Buffer.from([0xff])]),
  "large text": mark.repeat(120_000),
  "no token": `claviger:1:${mark}`,
  "long passphrase": mark.repeat(200),
  "wrong passphrase": `${mark}-wrong`,
  "empty passphrase": `\n${mark}`,
  shares: `${mark} academic acid\n${mark} academic beard\n`,
}

interface Line {
  readonly cmd: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Writes the files, and gives lines of a batch that fail over them. The vault has the keys `aes`, `signer` and `text`. */
export function failingLines(home: ClavigerHome): string[] {
  for (const [name, content] of Object.entries(files)) home.write(name, content)
  home.write("protected.pem", protectedKey())
  const lines = [...failingImports(home), ...failingUses(home), ...failingVaultLines(home)]
  return [
    ...lines.map(({ cmd, args }) => JSON.stringify({ cmd: cmd.split(" "), args })),
    `{"cmd":["key","list"],"args":{"${mark}`,
    mark,
    `{"cmd":["${mark}"]}`,
    `{"cmd":["key","list"],"args":"${mark}"}`,
    `{"cmd":["key","list"],"args":{},"${mark}":1}`,
    `{"cmd":["key","list"],"args":{"${mark}":"${mark}"}}`,
    `{"cmd":["key","list"],"args":{"passphrase":"${mark}"}}`,
  ]
}

function protectedKey(): string {
  const protection = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: `${mark}-right` } as const
  return generateKeyPairSync("ed25519").privateKey.export(protection).toString()
}

function failingImports(home: ClavigerHome): Line[] {
  const fromFile = (name: string, more: object = {}): Line => ({
    cmd: "key import",
    args: { name: "new", in: home.file(name), ...more },
  })
  return [
    ...Object.keys(files)
      .filter((name) => /pem$|jwk$/.test(name))
      .map((name) => fromFile(name)),
    fromFile("no hex", { format: "hex", algorithm: "aes-256" }),
    fromFile("text", { format: "raw", algorithm: "aes-256" }),
    fromFile("text", { format: "raw", algorithm: mark }),
    fromFile("text", { format: mark }),
    fromFile("text"),
    fromFile("text", { name: "text", format: "raw", algorithm: "secret" }),
    fromFile("no utf-8", { format: "raw", algorithm: "secret" }),
    fromFile("large text", { format: "raw", algorithm: "secret" }),
    fromFile("protected.pem"),
    fromFile("protected.pem", { inPassphraseFile: home.file("wrong passphrase") }),
    fromFile("protected.pem", { inPassphraseFile: home.file("long passphrase") }),
  ]
}

function failingUses(home: ClavigerHome): Line[] {
  const use = (cmd: string, name: string, file: string, more: object = {}): Line => ({
    cmd,
    args: { name, in: home.file(file), ...more },
  })
  const out = { out: home.file("never written") }
  return [
    use("key encrypt", "signer", "text"),
    use("key encrypt", "aes", "large text"),
    use("key decrypt", "aes", "text"),
    use("key decrypt", "aes", "no token"),
    use("key unwrap", "aes", "no token"),
    use("key rewrap", "aes", "text"),
    use("key sign", "signer", "text", { mechanism: mark }),
    use("key mac", "signer", "text"),
    {
      cmd: "key export",
      args: { name: "aes", format: "raw", plaintext: true, passphraseFile: home.file("text"), ...out },
    },
    {
      cmd: "key export",
      args: { name: "signer", format: "pkcs8-encrypted", outPassphraseFile: home.file("long passphrase"), ...out },
    },
  ]
}

function failingVaultLines(home: ClavigerHome): Line[] {
  return [
    { cmd: "vault kdf", args: { set: mark } },
    { cmd: "vault kdf", args: { set: "low-memory", passphraseFile: home.file("wrong passphrase") } },
    { cmd: "vault slot add", args: { newPassphraseFile: home.file("empty passphrase") } },
    { cmd: "vault slot remove", args: { id: mark } },
    { cmd: "vault rekey", args: { passphraseFile: home.file("wrong passphrase") } },
    {
      cmd: "vault recover",
      args: { sharesFile: home.file("shares"), newPassphraseFile: home.file("wrong passphrase") },
    },
  ]
}
