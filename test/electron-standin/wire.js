// What crosses between worlds and processes, as text: the part of the structured clone algorithm that is needed. It is read as
// text into the page's worlds, so it has neither imports nor exports: the file is one expression.
;(() => {
  const { stringify, parse } = JSON
  const deepest = 200

  function refuse() {
    throw new Error("An object could not be cloned.")
  }

  function bytesToText(bytes) {
    let text = ""
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  }

  function textToBytes(text) {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  }

  // Electron moves bytes as bytes. So that texts on the way leave no copy of them that a search of the app's memory would find,
  // they travel as two halves, each of which is random.
  function halvesOf(bytes) {
    const pad = new Uint8Array(bytes.length)
    for (let at = 0; at < pad.length; at += 65536) crypto.getRandomValues(pad.subarray(at, at + 65536))
    const masked = bytes.map((byte, at) => byte ^ pad[at])
    return [bytesToText(masked), bytesToText(pad)]
  }

  function fromHalves([masked, pad]) {
    const bytes = textToBytes(masked)
    textToBytes(pad).forEach((byte, at) => {
      bytes[at] ^= byte
    })
    return bytes
  }

  function pack(value, keep, depth) {
    if (depth > deepest) refuse()
    if (value === null || typeof value === "boolean" || typeof value === "string") return value
    if (typeof value === "number") return Number.isFinite(value) ? value : { t: "n", v: String(value) }
    if (value === undefined) return { t: "u" }
    if (typeof value === "bigint") return { t: "i", v: String(value) }
    if (typeof value === "function" && keep !== undefined) return { t: "f", v: keep(value) }
    if (typeof value !== "object") refuse()
    return packObject(value, keep, depth + 1)
  }

  function packObject(value, keep, depth) {
    const tag = Object.prototype.toString.call(value).slice(8, -1)
    if (ArrayBuffer.isView(value)) {
      if (tag !== "Uint8Array") refuse()
      return { t: "b", v: halvesOf(value) }
    }
    if (Array.isArray(value)) return { t: "a", v: Array.from(value, (item) => pack(item, keep, depth)) }
    if (tag === "Date") return { t: "d", v: value.getTime() }
    if (tag !== "Object") refuse()
    return { t: "o", v: Object.keys(value).map((key) => [key, pack(value[key], keep, depth)]) }
  }

  function unpack(packed, revive) {
    if (packed === null || typeof packed !== "object") return packed
    const { t, v } = packed
    if (t === "n") return Number(v)
    if (t === "u") return undefined
    if (t === "i") return BigInt(v)
    if (t === "f") return revive(v)
    if (t === "b") return fromHalves(v)
    if (t === "a") return v.map((item) => unpack(item, revive))
    if (t === "d") return new Date(v)
    const result = {}
    for (const [key, item] of v) {
      const content = { value: unpack(item, revive), writable: true, enumerable: true, configurable: true }
      Object.defineProperty(result, key, content)
    }
    return result
  }

  return {
    encode: (value, keep) => stringify(pack(value, keep, 0)),
    decode: (text, revive) => unpack(parse(text), revive),
  }
})()
