import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { concatenated } from "../../main/crypto/formats/concatenated.ts"
import { exportPrivate } from "../../main/crypto/formats/export-key.ts"
import { decodePem, encodePem } from "../../main/crypto/formats/pem.ts"
import { publicKeyOf } from "../../main/crypto/formats/public-key-of.ts"
import { sshString, sshText, sshUint32 } from "../../main/crypto/formats/ssh-wire.ts"
import { normalisedText } from "../../main/crypto/formats/text-lines.ts"
import { onlyKeyIn, passphrase, sampleKey } from "./sample-keys.ts"

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../vectors/openssh/${name}`, import.meta.url))
}

function contentOf(file: Uint8Array): Uint8Array {
  return decodePem(normalisedText(file))[0]?.content.bytes ?? new Uint8Array()
}

function pem(content: Uint8Array): Uint8Array {
  return encodePem("OPENSSH PRIVATE KEY", content)
}

/** An unencrypted key of ours, with whatever `alter` does to the bytes inside the PEM. */
async function alteredKey(
  algorithm: "ed25519" | "ec-p256" | "rsa-2048",
  alter: (content: Buffer) => Uint8Array,
): Promise<Uint8Array> {
  using material = await sampleKey(algorithm)
  using file = await exportPrivate({ algorithm, material, comment: "abc" }, "openssh", null)
  return pem(alter(Buffer.from(contentOf(file.bytes))))
}

/** Where a byte sequence stands for the nth time. */
function place(content: Buffer, sought: string | Uint8Array, nth = 1): number {
  let found = -1
  for (let time = 0; time < nth; time += 1) found = content.indexOf(sought, found + 1)
  if (found === -1) throw new Error("not found")
  return found
}

function flip(content: Buffer, index: number): Buffer {
  content[index] = (content[index] ?? 0) ^ 1
  return content
}

test("ssh-keygen's plain and encrypted keys are read, with their comments", async () => {
  expect(await onlyKeyIn(fixture("ed25519"))).toMatchObject({ algorithm: "ed25519", comment: "plain ed25519" })
  expect(await onlyKeyIn(fixture("ecdsa-521"))).toMatchObject({ algorithm: "ec-p521", comment: null })
  using secret = passphrase("one round")
  expect(await onlyKeyIn(fixture("ed25519-encrypted"), secret)).toMatchObject({ comment: "ed25519, one round" })
  expect(await onlyKeyIn(fixture("ecdsa-gcm"), secret)).toMatchObject({ algorithm: "ec-p256", comment: "p256, gcm" })
})

test.for(["ed25519-encrypted", "ecdsa-gcm"])("%s: a wrong passphrase is told from a missing one", async (name) => {
  using wrong = passphrase("two rounds")
  await expect(onlyKeyIn(fixture(name), wrong)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  await expect(onlyKeyIn(fixture(name))).rejects.toThrow("--in-passphrase-file is needed")
})

test("kinds of keys and ciphers that are not supported are refused with the reason", async () => {
  await expect(onlyKeyIn(fixture("dsa"))).rejects.toThrow("DSA")
  using secret = passphrase("one round")
  await expect(onlyKeyIn(fixture("ecdsa-chacha"), secret)).rejects.toThrow("ssh-keygen -p -Z aes256-ctr")
})

test.for(["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])(
  "%s: the reason given is the security key",
  async (type) => {
    const publicBlob = concatenated([...sshText(type), ...sshString(new Uint8Array(32))])
    const header = [
      Buffer.from("openssh-key-v1\0"),
      ...sshText("none"),
      ...sshText("none"),
      ...sshText(""),
      sshUint32(1),
    ]
    const content = concatenated([...header, ...sshString(publicBlob), ...sshString(new Uint8Array(8))])
    await expect(onlyKeyIn(pem(content))).rejects.toThrow("the private key is on a security key")
  },
)

test("the seed, and each of the three public keys beside it, must belong together", async () => {
  using material = await sampleKey("ed25519")
  const { publicKey } = await onlyKeyIn(await alteredKey("ed25519", (content) => content))
  const point = publicKey?.subarray(-32) ?? new Uint8Array()
  const tampering = [
    (content: Buffer) => flip(content, place(content, material.bytes.subarray(-32))),
    ...[1, 2, 3].map((nth) => (content: Buffer) => flip(content, place(content, point, nth))),
  ]
  for (const alter of tampering) {
    await expect(onlyKeyIn(await alteredKey("ed25519", alter))).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

// Some of the changed octets ask for many more rounds.
test("every octet of the public part of an encrypted key counts, and so does what it is encrypted with", {
  timeout: 180_000,
}, async () => {
  const whole = Buffer.from(contentOf(fixture("ed25519-encrypted")))
  using secret = passphrase("one round")
  const { publicKey } = await onlyKeyIn(pem(whole), secret)
  const end = place(whole, publicKey?.subarray(-32) ?? Buffer.alloc(32)) + 32
  for (let index = 15; index < end; index += 1) {
    const tampered = pem(flip(Buffer.from(whole), index))
    await expect(onlyKeyIn(tampered, secret)).rejects.toMatchObject({
      code: expect.stringMatching(/^(INVALID_INPUT|WRONG_PASSPHRASE)$/),
    })
  }
})

test("the public part of an encrypted key exchanged for another key's is refused", async () => {
  const whole = Buffer.from(contentOf(fixture("ed25519-encrypted")))
  using secret = passphrase("one round")
  const own = (await onlyKeyIn(pem(whole), secret)).publicKey?.subarray(-32) ?? new Uint8Array()
  using other = await sampleKey("ed25519")
  whole.set(publicKeyOf(other.bytes).subarray(-32), place(whole, own))
  await expect(onlyKeyIn(pem(whole), secret)).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test("a key that we encrypt is under AES-256 and as many rounds as ssh-keygen's own, or more", async () => {
  using material = await sampleKey("ed25519")
  using secret = passphrase("x")
  using file = await exportPrivate({ algorithm: "ed25519", material, comment: null }, "openssh-encrypted", secret)
  const content = Buffer.from(contentOf(file.bytes))
  expect(content.toString("latin1")).toContain("aes256-ctr")
  const options = place(content, "bcrypt") + 6
  const salt = content.readUInt32BE(options + 4)
  expect(salt).toBe(16)
  expect(content.readUInt32BE(options + 8 + salt)).toBeGreaterThanOrEqual(24)
})

test.for([
  ["check numbers that differ", (content: Buffer) => flip(content, place(content, "ssh-ed25519", 2) - 5)],
  ["padding that does not count", (content: Buffer) => flip(content, content.length - 1)],
  ["a byte after the end", (content: Buffer) => Buffer.concat([content, Buffer.of(0)])],
  [
    "no key",
    (content: Buffer) => content.fill(0, place(content, "ssh-ed25519") - 8, place(content, "ssh-ed25519") - 4),
  ],
  ["another magic", (content: Buffer) => flip(content, 3)],
  [
    "a public key outside of another kind",
    (content: Buffer) => content.fill("ssh-ed448!!", place(content, "ssh-ed25519"), place(content, "ssh-ed25519") + 11),
  ],
  ["a cut end", (content: Buffer) => content.subarray(0, -8)],
  [
    "a key derivation without a cipher",
    (content: Buffer) =>
      Buffer.concat([content.subarray(0, 23), Buffer.from("\0\0\0\x06bcrypt"), content.subarray(31)]),
  ],
] as const)("%s is refused", async ([, alter]) => {
  await expect(onlyKeyIn(await alteredKey("ed25519", alter))).rejects.toMatchObject({ code: "INVALID_INPUT" })
})

test("the event loop turns while bcrypt runs", async () => {
  using material = await sampleKey("ed25519")
  using secret = passphrase("x")
  let turns = 0
  const timer = setInterval(() => (turns += 1), 5)
  try {
    await exportPrivate({ algorithm: "ed25519", material, comment: null }, "openssh-encrypted", secret)
  } finally {
    clearInterval(timer)
  }
  expect(turns).toBeGreaterThan(10)
})

test("a comment is one line, whatever the key is called", async () => {
  using material = await sampleKey("ed25519")
  using file = await exportPrivate(
    { algorithm: "ed25519", material, comment: " a\nssh-rsa b\u2028\0 " },
    "openssh",
    null,
  )
  expect((await onlyKeyIn(file.bytes)).comment).toBe("a ssh-rsa b")
})
