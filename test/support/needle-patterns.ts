/** A secret to look for. */
export interface Needle {
  readonly name: string
  /** 8 bytes at least: anything shorter turns up by chance. */
  readonly bytes: Uint8Array
}

export type Encoding = "raw" | "reversed" | "utf-16le" | "hex" | "hex upper" | "base64" | "base64url"

export interface Pattern {
  readonly name: string
  readonly encoding: Encoding
  readonly bytes: Buffer
}

/** Every form in which a secret may lie in memory. */
export function patternsOf({ name, bytes }: Needle): Pattern[] {
  if (bytes.length < 8) throw new Error(`${name} is too short to be looked for`)
  const raw = Buffer.from(bytes)
  const pattern = (encoding: Encoding, form: Buffer): Pattern => ({ name, encoding, bytes: form })
  const hex = raw.toString("hex")
  return [
    pattern("raw", raw),
    // The limbs of an OpenSSL BIGNUM: a number's bytes from the lowest up.
    pattern("reversed", Buffer.from(raw).reverse()),
    pattern("utf-16le", Buffer.from(raw.toString("latin1"), "utf16le")),
    ...utf16OfUtf8(raw).map((form) => pattern("utf-16le", form)),
    pattern("hex", Buffer.from(hex)),
    pattern("hex upper", Buffer.from(hex.toUpperCase())),
    ...base64Forms(raw, "base64").map((form) => pattern("base64", form)),
    ...base64Forms(raw, "base64url").map((form) => pattern("base64url", form)),
  ]
}

/** Text beyond Latin 1 as a JavaScript string holds it; nothing if the bytes are no UTF-8. */
function utf16OfUtf8(raw: Buffer): Buffer[] {
  const text = raw.toString("utf8")
  return Buffer.from(text).equals(raw) ? [Buffer.from(text, "utf16le")] : []
}

/** A secret inside something longer may start at any of three places in a group of base64: the characters it alone decides. */
function base64Forms(raw: Buffer, alphabet: "base64" | "base64url"): Buffer[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), raw]).toString(alphabet)
    return Buffer.from(text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + raw.length) * 8) / 6)))
  })
}
