// Keeps, drops and plants secrets under the names that secrets-in-memory.test.ts looks for, then waits to be scanned.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto"
import { readdir } from "node:fs/promises"
import { createRequire } from "node:module"
import { setImmediate } from "node:timers/promises"
import { Secret } from "../../../main/domain/secret.ts"
import { collectGarbage } from "../../../main/platform/garbage.ts"
import { SecretBox } from "../../../main/platform/secret-box.ts"
import type * as Native from "../../../native/index.d.ts"
import { marker } from "../../support/marker.ts"

const native: typeof Native = createRequire(import.meta.url)("../../../native/index.cjs")
const held: unknown[] = []

function boxOf(name: string): SecretBox {
  using secret = new Secret(marker(name))
  return new SecretBox(secret)
}

function openAndDestroy(): void {
  using box = boxOf("destroyed")
  using copy = box.open()
  held.push(copy.bytes.length)
}

function boxSmallArray(): void {
  using outside = new Secret(marker("small array"))
  const small = new Uint8Array(32)
  small.set(outside.bytes)
  using secret = new Secret(small)
  using box = new SecretBox(secret)
  held.push(box)
}

function keyObjectOf(name: string): KeyObject {
  using secret = new Secret(marker(name))
  return createSecretKey(secret.bytes)
}

const key = new Uint8Array(16)

function sealedOfSize(size: number): Buffer {
  using secret = new Secret(new Uint8Array(size))
  using planted = new Secret(marker("decrypted and wiped"))
  // The allocator itself overwrites the first bytes of what is freed.
  secret.bytes.set(planted.bytes, size / 2)
  return createCipheriv("aes-128-cbc", key, key).update(secret.bytes)
}

/** Node.js frees a copy of what it decrypts as it is, in a block that is longer by 16 bytes. */
function decryptAndWipe(): void {
  const sealed = [96, 128, 160, 192, 224, 256].map((size) => {
    // Makes room among the blocks that the allocator keeps at hand.
    held.push(Array.from({ length: 20 }, () => Buffer.allocUnsafeSlow(size + 16)))
    return { decipher: createDecipheriv("aes-128-cbc", key, key), bytes: sealedOfSize(size) }
  })
  for (const { decipher, bytes } of sealed) decipher.update(bytes).fill(0)
  held.push(sealed)
}

/** Old text between other text that stays: such pages V8 does not clear out by itself. */
function textBetweenOthers(): string[] {
  using secret = new Secret(marker("text between others"))
  const view = Buffer.from(secret.bytes.buffer)
  return Array.from({ length: 500 }, () => {
    held.push(Array.from({ length: 100 }, (_, index) => `${held.length} ${index} stays`))
    return view.toString("hex")
  })
}

function plant(): void {
  const inside = (name: string, before: number) => Buffer.concat([Buffer.alloc(before), marker(name), Buffer.alloc(5)])
  held.push(marker("planted raw"))
  held.push(marker("planted reversed").reverse())
  held.push(Buffer.from(Buffer.from(marker("planted utf-16le")).toString("latin1"), "utf16le"))
  held.push(Buffer.from(marker("planted hex")).toString("hex"))
  held.push(Buffer.from(marker("planted hex upper")).toString("hex").toUpperCase())
  for (const before of [0, 1, 2]) {
    held.push(inside(`planted base64 ${before}`, before).toString("base64"))
    held.push(inside(`planted base64url ${before}`, before).toString("base64url"))
  }
}

const dropped: unknown[] = [boxOf("dropped"), keyObjectOf("dropped key object"), textBetweenOthers()]
held.push(boxOf("held"))
openAndDestroy()
boxSmallArray()
plant()
// Twice: what survives this is old, and would not be collected by chance.
collectGarbage()
collectGarbage()
dropped.length = 0
collectGarbage()
// The finalisers of an addon's objects run after the collection, from the event loop.
await setImmediate()
decryptAndWipe()
// Another thread takes a block for each name, and this one frees it: then it is kept in front of the one that Node.js
// freed, which has the same size.
held.push(await readdir(process.env["FOLDER"] ?? ""))
// Not by way of the garbage collector, which takes and frees blocks, too.
await native.wipeLeftovers(4)
process.on("message", () => process.exit(held.length === 0 ? 1 : 0))
process.send?.("ready")
