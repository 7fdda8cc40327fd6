import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import {
  ecdsaBlob,
  ecdsaFixed,
  parseSshSignatureFile,
  signedData,
  spkiOf,
  sshPublicKey,
  sshSignatureFile,
} from "./ssh-signature-format.ts"

const message = Buffer.from("Signed for OpenSSH.\n")

/** Our names, OpenSSH's name of the signature, and the arguments that make ssh-keygen make such a key. */
const kinds = [
  { algorithm: "ed25519", mechanism: "ed25519", ssh: "ssh-ed25519", keygen: ["-t", "ed25519"], half: 0 },
  {
    algorithm: "rsa-3072",
    mechanism: "rsa-pkcs1-sha512",
    ssh: "rsa-sha2-512",
    keygen: ["-t", "rsa", "-b", "3072"],
    half: 0,
  },
  {
    algorithm: "ec-p256",
    mechanism: "ecdsa-sha256-p1363",
    ssh: "ecdsa-sha2-nistp256",
    keygen: ["-t", "ecdsa", "-b", "256"],
    half: 32,
  },
  {
    algorithm: "ec-p384",
    mechanism: "ecdsa-sha384-p1363",
    ssh: "ecdsa-sha2-nistp384",
    keygen: ["-t", "ecdsa", "-b", "384"],
    half: 48,
  },
  {
    algorithm: "ec-p521",
    mechanism: "ecdsa-sha512-p1363",
    ssh: "ecdsa-sha2-nistp521",
    keygen: ["-t", "ecdsa", "-b", "521"],
    half: 66,
  },
] as const

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-ssh-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function sshAccepts(publicKey: Buffer, signatureFile: string): boolean {
  const keyType = publicKey.subarray(4, 4 + publicKey.readUInt32BE(0)).toString()
  const allowed = file("allowed", `signer@example.org ${keyType} ${publicKey.toString("base64")}\n`)
  const proof = file("message.sig", signatureFile)
  const args = ["-Y", "verify", "-f", allowed, "-I", "signer@example.org", "-n", "file", "-s", proof]
  return spawnSync("ssh-keygen", args, { input: message }).status === 0
}

test.for(kinds)("$algorithm: ssh-keygen verifies our signature", { timeout: 60_000 }, async (kind) => {
  using material = await generateMaterial(kind.algorithm)
  const publicKey = sshPublicKey(publicKeyFor(kind.algorithm, material.bytes) ?? new Uint8Array())
  const signature = await sign(kind.algorithm, kind.mechanism, material.bytes, signedData(message))
  const blob = kind.half === 0 ? signature : ecdsaBlob(signature)
  expect(sshAccepts(publicKey, sshSignatureFile({ publicKey, algorithm: kind.ssh, blob }))).toBe(true)
})

test.for(kinds)("$algorithm: we verify the signature of ssh-keygen", { timeout: 60_000 }, async (kind) => {
  const key = join(folder, "key")
  execFileSync("ssh-keygen", ["-q", ...kind.keygen, "-N", "", "-f", key])
  const path = file("message", message)
  execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-f", key, "-n", "file", path], { stdio: "pipe" })
  const { publicKey, algorithm, blob } = parseSshSignatureFile(readFileSync(`${path}.sig`, "utf8"))
  const signature = kind.half === 0 ? blob : ecdsaFixed(blob, kind.half)
  expect(algorithm).toBe(kind.ssh)
  expect(await verify(kind.algorithm, kind.mechanism, spkiOf(publicKey), signedData(message), signature)).toBe(true)
})
