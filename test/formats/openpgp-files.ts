import { readFileSync } from "node:fs"
import { type Config, config, enums, generateKey } from "openpgp"
import { decodeArmour } from "../../main/crypto/formats/openpgp/armour.ts"
import { encodePacket, type Packet, readPackets } from "../../main/crypto/formats/openpgp/packets.ts"

/** Settings of openpgp.js by which one round of a passphrase is a round: enough for tests. */
const quick = { s2kIterationCountByte: 0, s2kArgon2Params: { passes: 1, parallelism: 1, memoryExponent: 10 } }

export const aeadModes = { eax: enums.aead.eax, ocb: enums.aead.ocb, gcm: enums.aead.gcm }

/** Keys of openpgp.js, of Ed25519 or the curve or RSA named: a primary key that signs, and a subkey that encrypts. */
export async function keyOfLibrary({
  type = "curve25519",
  passphrase,
  settings = {},
  date = new Date("2024-05-06T07:08:09Z"),
}: {
  readonly type?: "curve25519" | "ed25519Legacy" | "nistP256" | "nistP384" | "nistP521" | "rsa"
  readonly passphrase?: string
  readonly settings?: Partial<Config>
  readonly date?: Date
} = {}): Promise<Uint8Array> {
  const kind =
    type === "rsa" ? { type, rsaBits: 2048 } : type === "curve25519" ? { type } : { type: "ecc" as const, curve: type }
  const { privateKey } = await generateKey({
    ...kind,
    date,
    userIDs: [{ name: "Ann", email: "ann@example.org" }],
    format: "binary",
    config: { ...config, ...quick, ...settings },
    ...(passphrase === undefined ? {} : { passphrase }),
  })
  return privateKey
}

export function vector(name: string): Uint8Array {
  return readFileSync(new URL(`../vectors/openpgp/${name}.asc`, import.meta.url))
}

/** What is inside the armour of a file of one block. */
export function dearmoured(file: Uint8Array): Uint8Array {
  const [block, ...more] = decodeArmour(file)
  if (block === undefined || more.length > 0) throw new Error("not one block")
  return block.content.bytes
}

/** The file again with packets changed, put in or left out; `change` gives the bodies that take the packet's place. */
export function withPackets(
  file: Uint8Array,
  change: (packet: Packet, index: number) => readonly { readonly type: number; readonly body: Uint8Array }[],
): Uint8Array {
  const changed = readPackets(file).flatMap((packet, index) => change(packet, index))
  return Buffer.concat(changed.map(({ type, body }) => encodePacket(type, [body], "new")))
}
