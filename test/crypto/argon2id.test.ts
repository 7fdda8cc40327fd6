import { readFileSync } from "node:fs"
import { argon2id as argon2idType, hash } from "argon2"
import { expect, test } from "vitest"
import { z } from "zod"
import { argon2id } from "../../main/crypto/argon2id.ts"
import { Secret } from "../../main/domain/secret.ts"

const hex = z.string().transform((text) => Buffer.from(text, "hex"))
const common = { t: z.number(), m_kib: z.number(), p: z.number(), taglen: z.literal(32), version: z.literal("0x13") }
const Vectors = z.object({
  rfc9106_section_5_3: z.object({
    ...common,
    password_hex: hex,
    salt_hex: hex,
    secret_hex: hex,
    ad_hex: hex,
    tag_hex: z.string(),
  }),
  generated_with_debian_argon2_cli: z.array(
    z.object({ ...common, password_utf8: z.string(), salt_utf8: z.string(), tag_hex: z.string() }),
  ),
})
const vectors = Vectors.parse(
  JSON.parse(readFileSync(new URL("../vectors/argon2/argon2id-kat.json", import.meta.url), "utf8")),
)

const cheap = { memoryKiB: 32, passes: 1, lanes: 1, salt: new Uint8Array(16) }

test("the library gives the tag of RFC 9106 section 5.3, with its secret and associated data", async () => {
  const rfc = vectors.rfc9106_section_5_3
  const tag = await hash(rfc.password_hex, {
    raw: true,
    type: argon2idType,
    version: 0x13,
    hashLength: rfc.taglen,
    memoryCost: rfc.m_kib,
    timeCost: rfc.t,
    parallelism: rfc.p,
    salt: rfc.salt_hex,
    secret: rfc.secret_hex,
    associatedData: rfc.ad_hex,
  })
  expect(tag.toString("hex")).toBe(rfc.tag_hex)
})

test.for(vectors.generated_with_debian_argon2_cli)(
  "the reference implementation agrees: $password_utf8, $m_kib KiB, $t passes, $p lanes",
  async ({ password_utf8, salt_utf8, m_kib, t, p, tag_hex }) => {
    using passphrase = new Secret(new TextEncoder().encode(password_utf8))
    const salt = Buffer.from(salt_utf8)
    using derived = await argon2id(passphrase, { memoryKiB: m_kib, passes: t, lanes: p, salt })
    expect(Buffer.from(derived.bytes).toString("hex")).toBe(tag_hex)
  },
)

test("the passphrase is left to its owner, and may be wiped while the derivation runs", async () => {
  const passphrase = new Secret(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))
  const running = argon2id(passphrase, cheap)
  passphrase[Symbol.dispose]()
  using derived = await running
  using again = await argon2id(new Secret(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])), cheap)
  expect(derived.bytes).toEqual(again.bytes)
})

test("no copy of the passphrase is left in the pool of buffers", async () => {
  const pool = Buffer.from("any small buffer shows the pool").buffer
  const bytes = new Uint8Array(24).map((_, index) => 200 - index * 7)
  using _ = await argon2id(Secret.copyOf(bytes), cheap)
  expect(Buffer.from("the pool is still the same").buffer).toBe(pool)
  expect(new Uint8Array(pool).findIndex((_, at, all) => bytes.every((byte, i) => byte === all[at + i]))).toBe(-1)
})

test("the event loop goes on meanwhile", async () => {
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  using passphrase = new Secret(new Uint8Array(8))
  using _ = await argon2id(passphrase, { ...cheap, memoryKiB: 65_536, passes: 3 })
  clearInterval(turning)
  expect(turns).toBeGreaterThan(5)
})
