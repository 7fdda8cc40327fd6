// Keeps, drops and plants secrets under the names that secrets-in-memory.test.ts looks for, then waits to be scanned.
import { createSecretKey, type KeyObject } from "node:crypto"
import { setImmediate } from "node:timers/promises"
import { Secret } from "../../../main/domain/secret.ts"
import { collectGarbage } from "../../../main/platform/garbage.ts"
import { SecretBox } from "../../../main/platform/secret-box.ts"
import { marker } from "../../support/marker.ts"

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

const dropped: unknown[] = [boxOf("dropped"), keyObjectOf("dropped key object")]
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
process.on("message", () => process.exit(held.length === 0 ? 1 : 0))
process.send?.("ready")
