import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { generateMaterial, publicKeyFor } from "../../main/crypto/algorithms/material.ts"
import { mechanismsOf } from "../../main/crypto/algorithms/mechanisms.ts"
import { sign, verify } from "../../main/crypto/algorithms/signature.ts"
import { derSequence, derUnsignedInteger, encodeDer } from "../../main/crypto/asn1/der-writer.ts"
import { Algorithm, type Mechanism } from "../../preload/contract/values.ts"

const message = Buffer.from("Signed by one program, verified by another.\n")
/** All but the post-quantum ones, which Debian's openssl has not yet. */
const pairs = Algorithm.options.flatMap((algorithm) =>
  mechanismsOf(algorithm, "sign")
    .filter((mechanism) => mechanism !== "ml-dsa" && mechanism !== "slh-dsa")
    .map((mechanism) => [algorithm, mechanism] as const),
)
const patience = { timeout: 60_000 }

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-openssl-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content?: Uint8Array): string {
  const path = join(folder, name)
  if (content !== undefined) writeFileSync(path, content)
  return path
}

/** A key pair of ours, as files that openssl reads, made once for each algorithm. */
const keyFiles = new Map<Algorithm, Promise<{ material: Uint8Array; publicKey: Uint8Array }>>()
function keyPair(algorithm: Algorithm) {
  const made = keyFiles.get(algorithm) ?? makeKeyPair(algorithm)
  keyFiles.set(algorithm, made)
  return made
}

async function makeKeyPair(algorithm: Algorithm) {
  const { bytes: material } = await generateMaterial(algorithm)
  const publicKey = publicKeyFor(algorithm, material) ?? new Uint8Array()
  file(`${algorithm}.key`, material)
  file(`${algorithm}.pub`, publicKey)
  return { material, publicKey }
}

/** The digest and options for `openssl dgst` that mean the same as our mechanism. */
function dgstOptions(mechanism: Mechanism): string[] {
  const digest = /sha\d+/.exec(mechanism)?.[0] ?? "none"
  if (!mechanism.startsWith("rsa-pss")) return [`-${digest}`]
  return [
    `-${digest}`,
    "-sigopt",
    "rsa_padding_mode:pss",
    "-sigopt",
    "rsa_pss_saltlen:digest",
    "-sigopt",
    `rsa_mgf1_md:${digest}`,
  ]
}

function opensslSign(algorithm: Algorithm, mechanism: Mechanism): Uint8Array {
  const key = file(`${algorithm}.key`)
  const input = file("message", message)
  if (mechanism === "ed25519") {
    return execFileSync("openssl", ["pkeyutl", "-sign", "-rawin", "-inkey", key, "-keyform", "DER", "-in", input])
  }
  return execFileSync("openssl", ["dgst", ...dgstOptions(mechanism), "-sign", key, "-keyform", "DER", input])
}

function opensslVerifies(algorithm: Algorithm, mechanism: Mechanism, signature: Uint8Array): boolean {
  const key = file(`${algorithm}.pub`)
  const input = file("message", message)
  const proof = file("signature", signature)
  const args =
    mechanism === "ed25519"
      ? ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key, "-keyform", "DER", "-in", input, "-sigfile", proof]
      : ["dgst", ...dgstOptions(mechanism), "-verify", key, "-keyform", "DER", "-signature", proof, input]
  return spawnSync("openssl", args).status === 0
}

/** openssl's command line knows only DER: the two halves of a fixed form, as Ecdsa-Sig-Value (RFC 3279, 2.2.3). */
function toDer(fixed: Uint8Array): Uint8Array {
  const half = fixed.length / 2
  return encodeDer(derSequence(derUnsignedInteger(fixed.subarray(0, half)), derUnsignedInteger(fixed.subarray(half))))
}

/** The fixed form of a DER signature whose integers are short enough for one-byte lengths or, on P-521, two. */
function toFixed(der: Uint8Array, size: number): Uint8Array {
  const body = der[1] === 0x81 ? der.subarray(3) : der.subarray(2)
  const rLength = body[1] ?? 0
  const integers = [body.subarray(2, 2 + rLength), body.subarray(4 + rLength)]
  return Buffer.concat(integers.map((integer) => Buffer.concat([Buffer.alloc(size), integer]).subarray(-size)))
}

const fieldSizes: Partial<Record<Algorithm, number>> = {
  "ec-p256": 32,
  "ec-p384": 48,
  "ec-p521": 66,
  "ec-secp256k1": 32,
}

test.for(pairs)("%s, %s: openssl verifies our signature", patience, async ([algorithm, mechanism]) => {
  const { material } = await keyPair(algorithm)
  const signature = await sign(algorithm, mechanism, material, message)
  const given = mechanism.endsWith("p1363") ? toDer(signature) : signature
  expect(opensslVerifies(algorithm, mechanism, given)).toBe(true)
})

test.for(pairs)("%s, %s: we verify openssl's signature", patience, async ([algorithm, mechanism]) => {
  const { publicKey } = await keyPair(algorithm)
  const signature = opensslSign(algorithm, mechanism)
  const given = mechanism.endsWith("p1363") ? toFixed(signature, fieldSizes[algorithm] ?? 0) : signature
  expect(await verify(algorithm, mechanism, publicKey, message, given)).toBe(true)
})

test("openssl reads the same public key out of our material as we do", patience, async () => {
  for (const algorithm of [...new Set(pairs.map(([name]) => name)), "x25519" as const]) {
    const { publicKey } = await keyPair(algorithm)
    const key = file(`${algorithm}.key`)
    execFileSync("openssl", [
      "pkey",
      "-in",
      key,
      "-inform",
      "DER",
      "-pubout",
      "-outform",
      "DER",
      "-out",
      file("pub.der"),
    ])
    expect(readFileSync(file("pub.der"))).toEqual(Buffer.from(publicKey))
  }
})
