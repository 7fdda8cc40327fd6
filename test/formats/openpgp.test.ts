import { expect, test } from "vitest"
import { importKeys } from "../../main/crypto/formats/import-key.ts"
import type { Imported } from "../../main/crypto/formats/imported-key.ts"
import { isSecretKeyPacket, readKeyPacket } from "../../main/crypto/formats/openpgp/key-packet.ts"
import { packetType, readPackets } from "../../main/crypto/formats/openpgp/packets.ts"
import { aeadModes, dearmoured, keyOfLibrary, vector, withPackets } from "./openpgp-files.ts"
import { found, passphrase } from "./sample-keys.ts"

async function imported(file: Uint8Array, secret: string | null = null) {
  using owned = secret === null ? null : passphrase(secret)
  return await importKeys(file, { format: "auto", passphrase: owned })
}

function reasons(keys: readonly Imported[]): (string | null)[] {
  return keys.map((key) => ("refusal" in key ? (key.refusal.detail ?? "") : null))
}

test("the RFC's key of version 6: both keys, each with its fingerprint and the RFC's certificate", async () => {
  const { format, keys } = await imported(vector("v6-secret"))
  expect(format).toBe("openpgp")
  const content = dearmoured(vector("v6-certificate"))
  const fingerprints = [
    "CB186C4F0609A697E4D52DFA6C722B0C1F1E27C18A56708F6525EC27BAD9ACC9",
    "12C83F1E706F6308FE151A417743A1F033790E93E9978488D1DB378DA9930885",
  ]
  expect(keys).toMatchObject([
    { algorithm: "ed25519", purpose: "signature", comment: null },
    { algorithm: "x25519", purpose: "key-agreement", comment: "(encryption subkey)" },
  ])
  expect(found(keys).flatMap(({ attachments }) => attachments)).toEqual(
    fingerprints.map((fingerprint) => ({ kind: "openpgp", fingerprint, content })),
  )
})

test("the RFC's secrets are those of its sample", async () => {
  const seeds = ["1972817b12be707e8d5f586ce61361201d344eb266a2c82fde6835762b65b0b7"]
  const scalars = ["4d600a4f794d44775c57a26e0feefed558e9afffd6ad0d582d57fb2ba2dcedb8"]
  const { keys } = await imported(vector("v6-secret"))
  const hexadecimal = found(keys).map(({ material }) => Buffer.from(material.bytes).toString("hex").slice(-64))
  expect(hexadecimal).toEqual([...seeds, ...scalars])
})

test("the RFC's locked sample asks for 2 GiB, and is refused", async () => {
  await expect(imported(vector("v6-secret-locked"), "correct horse battery staple")).rejects.toThrow("256 MiB")
})

test.for([
  ["curve25519", ["ed25519", "x25519"]],
  ["ed25519Legacy", ["ed25519", "x25519"]],
  ["nistP256", ["ec-p256", "ec-p256"]],
  ["nistP384", ["ec-p384", "ec-p384"]],
  ["nistP521", ["ec-p521", "ec-p521"]],
] as const)("openpgp.js's %s keys are read", async ([type, algorithms]) => {
  const { keys, warnings } = await imported(await keyOfLibrary({ type }))
  expect(keys).toMatchObject([
    { algorithm: algorithms[0], purpose: "signature", comment: "Ann <ann@example.org>" },
    { algorithm: algorithms[1], purpose: "key-agreement", comment: "Ann <ann@example.org> (encryption subkey)" },
  ])
  expect(warnings).toEqual([])
})

test("openpgp.js's RSA keys are read: one signs, one encrypts", async () => {
  const { keys } = await imported(await keyOfLibrary({ type: "rsa" }))
  expect(keys).toMatchObject([
    { algorithm: "rsa-2048", purpose: "signature" },
    { algorithm: "rsa-2048", purpose: "encryption" },
  ])
})

const protections = [
  ["version 4, CFB", {}],
  ["version 4, OCB", { aeadProtect: true, preferredAEADAlgorithm: aeadModes.ocb }],
  ["version 4, GCM", { aeadProtect: true, preferredAEADAlgorithm: aeadModes.gcm }],
  ["version 4, OCB under Argon2", { aeadProtect: true, preferredAEADAlgorithm: aeadModes.ocb, s2kType: 4 }],
  ["version 6, CFB", { v6Keys: true }],
  ["version 6, OCB", { v6Keys: true, aeadProtect: true, preferredAEADAlgorithm: aeadModes.ocb }],
  [
    "version 6, GCM under Argon2",
    { v6Keys: true, aeadProtect: true, preferredAEADAlgorithm: aeadModes.gcm, s2kType: 4 },
  ],
] as const

test.for(protections)("a key that openpgp.js locked opens with its passphrase only: %s", async ([, settings]) => {
  const file = await keyOfLibrary({ passphrase: "pässwörd", settings })
  const { keys } = await imported(file, "pässwörd")
  expect(keys).toMatchObject([{ algorithm: "ed25519" }, { algorithm: "x25519" }])
  await expect(imported(file, "password")).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" })
  await expect(imported(file)).rejects.toThrow("the file is encrypted")
})

test("EAX is refused with the reason", async () => {
  const settings = { aeadProtect: true, preferredAEADAlgorithm: aeadModes.eax }
  const file = await keyOfLibrary({ passphrase: "x", settings })
  await expect(imported(file, "x")).rejects.toThrow("authenticated encryption is not supported")
})

test("of several keys each opens with its own passphrase; the others are locked", async () => {
  const [first, second] = [await keyOfLibrary({ passphrase: "first" }), await keyOfLibrary({ passphrase: "second" })]
  const { keys } = await imported(Buffer.concat([first, second]), "second")
  expect(keys).toMatchObject([
    { refusal: { code: "WRONG_PASSPHRASE" } },
    { refusal: { code: "WRONG_PASSPHRASE" } },
    { algorithm: "ed25519" },
    { algorithm: "x25519" },
  ])
})

test("public keys beside a private one are left out, and that is said", async () => {
  const file = Buffer.concat([vector("v6-certificate"), vector("v6-secret")])
  const { keys, warnings } = await imported(file)
  expect(keys).toHaveLength(2)
  expect(warnings).toEqual(["public keys that come without a private key are left out"])
})

test.for(["v6-certificate"])("a public key alone is no private key: %s", async (name) => {
  await expect(imported(vector(name))).rejects.toThrow("a public key alone")
  await expect(imported(dearmoured(vector(name)))).rejects.toThrow("a public key alone")
})

const locked = async (date?: Date) => await keyOfLibrary({ passphrase: "x", ...(date === undefined ? {} : { date }) })

test("the public part of a locked key exchanged for another key's: refused", async () => {
  const [mine, theirs] = [await locked(), await locked()]
  const others = readPackets(theirs)
  for (const type of [packetType.secretKey, packetType.secretSubkey]) {
    const stranger = others.find((packet) => packet.type === type)
    if (stranger === undefined) throw new Error("no such key")
    const { publicPart } = readKeyPacket(stranger)
    const file = withPackets(mine, (packet) =>
      packet.type === type
        ? [{ type, body: Buffer.concat([publicPart, readKeyPacket(packet).secretPart ?? new Uint8Array()]) }]
        : [packet],
    )
    const refused = await imported(file, "x").then(
      ({ keys }) => reasons(keys)[type === packetType.secretKey ? 0 : 1],
      (error: Error) => error.message,
    )
    expect(refused).toMatch(/no valid signature/)
  }
})

test("every octet of the public part of a locked key counts", async () => {
  const mine = await locked()
  const [primary] = readPackets(mine)
  if (primary === undefined) throw new Error("no key")
  const { publicPart } = readKeyPacket(primary)
  for (const [at] of publicPart.entries()) {
    const file = withPackets(mine, (packet, index) => {
      const body = new Uint8Array(packet.body)
      if (index === 0) body[at] = (body[at] ?? 0) ^ 1
      return [{ type: packet.type, body }]
    })
    await expect(imported(file, "x")).rejects.toMatchObject({ code: "INVALID_INPUT" })
  }
})

test("a secret part that is another key's, under a certificate that is whole: refused", async () => {
  const [mine, theirs] = [await keyOfLibrary(), await keyOfLibrary()]
  const stranger = readPackets(theirs).filter(isSecretKeyPacket)
  const file = withPackets(mine, (packet) => {
    const other = stranger.find(({ type }) => type === packet.type)
    if (other === undefined) return [packet]
    const secretPart = readKeyPacket(other).secretPart ?? new Uint8Array()
    return [{ type: packet.type, body: Buffer.concat([readKeyPacket(packet).publicPart, secretPart]) }]
  })
  await expect(imported(file)).rejects.toThrow("the public part is of another private key")
})

test.for(["rsa", "nistP256"] as const)("the same of %s", async (type) => {
  const [mine, theirs] = [await keyOfLibrary({ type }), await keyOfLibrary({ type })]
  const [stranger] = readPackets(theirs)
  if (stranger === undefined) throw new Error("no key")
  const file = withPackets(mine, (packet) =>
    packet.type === packetType.secretKey
      ? [
          {
            type: packet.type,
            body: Buffer.concat([
              readKeyPacket(packet).publicPart,
              readKeyPacket(stranger).secretPart ?? new Uint8Array(),
            ]),
          },
        ]
      : [packet],
  )
  expect(reasons((await imported(file)).keys)).toEqual([
    expect.stringMatching(/is not p times q|of another private key/),
    null,
  ])
})

test("a user id that the key did not sign is left out of its certificate, and that is said", async () => {
  const file = await keyOfLibrary()
  const whole = (await imported(file)).keys
  const added = withPackets(file, (packet) =>
    packet.type === packetType.userId
      ? [packet, ...signaturesOf(file), { type: packetType.userId, body: Buffer.from("Mallory") }]
      : [packet],
  )
  const { keys, warnings } = await imported(added)
  expect(warnings).toEqual([expect.stringMatching(/^key [0-9A-F]{16}: 1 user ids without a valid signature/)])
  expect(found(keys)[0]?.comment).toBe("Ann <ann@example.org>")
  expect(found(whole)).toHaveLength(2)
})

/** The signatures of the user id, which is the first thing signed. */
function signaturesOf(file: Uint8Array) {
  return readPackets(file)
    .filter(({ type }) => type === packetType.signature)
    .slice(0, 1)
}

test("a subkey of another certificate is not taken along", async () => {
  const [mine, theirs] = [await keyOfLibrary(), await keyOfLibrary()]
  const subkey = readPackets(theirs).slice(-2)
  const file = Buffer.concat([mine, ...subkey.map(({ whole }) => whole)])
  expect(reasons((await imported(file)).keys)).toEqual([
    null,
    null,
    expect.stringContaining("no valid signature binds it"),
  ])
})

test("without any signature of its own a key is refused", async () => {
  const file = withPackets(await keyOfLibrary(), (packet) => (packet.type === packetType.signature ? [] : [packet]))
  await expect(imported(file)).rejects.toThrow("no valid signature of the key itself")
})

test("a stub is refused with the reason, the subkey beside it taken", async () => {
  const stub = Buffer.from("ff006500474e5501", "hex")
  const onCard = Buffer.from("ff006500474e550210d2760001240102000005000012340000", "hex")
  for (const [part, reason] of [
    [stub, "only a stub"],
    [onCard, "on a smart card"],
  ] as const) {
    const file = withPackets(await keyOfLibrary(), (packet) =>
      packet.type === packetType.secretKey
        ? [{ type: packet.type, body: Buffer.concat([readKeyPacket(packet).publicPart, part]) }]
        : [packet],
    )
    expect(reasons((await imported(file)).keys)).toEqual([expect.stringContaining(reason), null])
  }
})

test("random bytes under an algorithm are not taken for OpenPGP", async () => {
  const seed = Buffer.concat([Buffer.of(0x94, 30, 4), Buffer.alloc(29, 22)])
  using secret = passphrase("")
  const { format } = await importKeys(seed, { format: "auto", passphrase: secret, algorithm: "aes-256" })
  expect(format).toBe("raw")
})
