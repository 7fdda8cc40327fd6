import { execFileSync } from "node:child_process"
import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto"
import { join } from "node:path"
import type { BatchSession } from "./batch-session.ts"
import type { KeyUser } from "./use-keys.ts"

/** Not words, which the text of a program may hold too. */
export const exportPassphrase = "tHk4-Wn8e_Qz1Rv6-Yb3u_Lp7D-Xc9m"
export const importPassphrase = "gJ5s-Fa2o_Vd0Ki8-Ub6T_Nr4E-Zw1x"
export const wrongPassphrase = "mS3q-Cy7B_Hl9Op2-Gd5W_Aj6I-Re8n"

interface Parts {
  readonly batch: BatchSession
  readonly user: KeyUser
  readonly folder: string
  readonly vaultPassphraseFile: string
}

/** Exports keys of several kinds in every format that they have, encrypted and in the clear. */
export async function exportKeys({ batch, user, folder, vaultPassphraseFile }: Parts): Promise<void> {
  const outPassphraseFile = user.file("export", "passphrase", `${exportPassphrase}\n`)
  const encrypted = { outPassphraseFile }
  const open = { plaintext: true, yes: true, passphraseFile: vaultPassphraseFile }
  const formats = {
    "rsa-2048 signature 1": { "pkcs8-encrypted": encrypted, "pkcs8-pem": open, jwk: open, openssh: open },
    "ec-p256 signature 1": {
      "pkcs8-encrypted": encrypted,
      "openssh-encrypted": encrypted,
      "pkcs8-der": open,
      raw: open,
    },
    "ec-secp256k1 signature 1": { "pkcs8-encrypted": encrypted, jwk: open },
    "ed25519 signature 1": { "openssh-encrypted": encrypted, "pkcs8-pem": open, hex: open },
    "x25519 key-agreement 1": { "pkcs8-encrypted": encrypted, jwk: open },
    "aes-256 encryption 1": { raw: open, hex: open, jwk: open },
    "secret secret 1": { raw: open },
  }
  for (const [name, each] of Object.entries(formats)) {
    for (const [format, way] of Object.entries(each)) {
      await batch.ask("key export", { name, format, out: join(folder, `${name} ${format}`), ...way })
    }
  }
}

/** Imports files of many forms; those that a passphrase protects first with a wrong one. */
export async function importKeys({ batch, user, folder }: Parts): Promise<void> {
  const right = user.file("import", "passphrase", `${importPassphrase}\n`)
  const wrong = user.file("wrong", "passphrase", `${wrongPassphrase}\n`)
  for (const [name, file] of protectedFiles(user, folder)) {
    const refused = await batch.answerTo("key import", { name, in: file, inPassphraseFile: wrong })
    if (refused.ok || refused.error.code !== "WRONG_PASSPHRASE")
      throw new Error(`${name}: the wrong passphrase opens it`)
    await batch.ask("key import", { name, in: file, inPassphraseFile: right })
  }
  for (const [name, content] of Object.entries(openFiles())) {
    const [, algorithm] = /^raw (.*)$/.exec(name) ?? []
    await batch.ask("key import", {
      name,
      in: user.file(name, "file", content),
      ...(algorithm === undefined ? {} : { format: "raw", algorithm }),
    })
  }
}

function protectedFiles(user: KeyUser, folder: string): [name: string, path: string][] {
  const protection = { ...pem, cipher: "aes-256-cbc", passphrase: importPassphrase }
  const sshFile = join(folder, "id_ed25519")
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-a", "4", "-N", importPassphrase, "-f", sshFile])
  return [
    ["PKCS#8 RSA", user.file("rsa", "file", rsa().export(protection))],
    ["PKCS#8 P-384", user.file("p384", "file", ec("P-384").export(protection))],
    ["OpenSSH Ed25519", sshFile],
  ]
}

function openFiles(): Record<string, string | Buffer> {
  return {
    "PEM RSA": rsa().export({ ...pem, type: "pkcs1" }),
    "PEM P-256": ec("P-256").export(pem),
    "PEM P-521": ec("P-521").export({ ...pem, type: "sec1" }),
    "PEM secp256k1": ec("secp256k1").export(pem),
    "PEM Ed25519": generateKeyPairSync("ed25519").privateKey.export(pem),
    "JWK X25519": JSON.stringify(generateKeyPairSync("x25519").privateKey.export({ format: "jwk" })),
    "JWK RSA": JSON.stringify(rsa().export({ format: "jwk" })),
    "JWK oct": JSON.stringify({ kty: "oct", alg: "A256GCM", k: randomBytes(32).toString("base64url") }),
    "raw aes-256": randomBytes(32),
    "raw hmac-sha512": randomBytes(64),
    "raw secret": `token-${randomBytes(30).toString("base64url")}`,
  }
}

const pem = { type: "pkcs8", format: "pem" } as const

function rsa(): KeyObject {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
}

function ec(namedCurve: string): KeyObject {
  return generateKeyPairSync("ec", { namedCurve }).privateKey
}
