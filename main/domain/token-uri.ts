import { VaultError } from "./vault-error.ts"

/** What a PKCS#11 URI says of a token and of an object in it (RFC 7512, section 2.3). What it does not say, it does not mind. */
export interface TokenUri {
  /** The label of the token. */
  readonly token?: string
  readonly manufacturer?: string
  readonly model?: string
  readonly serial?: string
  /** The label of the object, CKA_LABEL. */
  readonly object?: string
  readonly type?: "public" | "private" | "cert" | "secret-key" | "data"
  /** CKA_ID. */
  readonly id?: Uint8Array
  readonly slotId?: number
  readonly libraryDescription?: string
  readonly libraryManufacturer?: string
  /** An absolute path of the library. */
  readonly modulePath?: string
  /** Of an RSA key: its token knows OAEP with no hash but this one. An attribute of our own, as section 2.3 allows it. */
  readonly oaep?: "sha1"
  /** Of an RSA key: its token has no PSS. An attribute of our own, too. */
  readonly signing?: "pkcs1"
}

const scheme = "pkcs11:"
const types = ["public", "private", "cert", "secret-key", "data"] as const

/** Attributes whose value is text, by their name in a URI; in the order in which they are written. */
const texts = {
  "library-manufacturer": "libraryManufacturer",
  "library-description": "libraryDescription",
  manufacturer: "manufacturer",
  model: "model",
  serial: "serial",
  token: "token",
  object: "object",
} as const
type TextName = keyof typeof texts

/** Of the query. Everything else in it concerns how to log in, and a PIN has no place in a URI. */
const modulePath = "module-path"
const oaepHash = "x-claviger-oaep"
const signingPadding = "x-claviger-signing"

/**
 * Reads a PKCS#11 URI.
 * @throws `INVALID_INPUT` for what is none, for attributes that are unknown or come twice, and for any that would hold a PIN
 */
export function parseTokenUri(text: string): TokenUri {
  if (!text.startsWith(scheme)) throw invalid(`it must begin with ${scheme}`)
  const [path = "", ...query] = text.slice(scheme.length).split("?")
  if (query.length > 1) throw invalid("it has two queries")
  const pathAttributes = attributesIn(path, ";")
  const queryAttributes = attributesIn(query[0] ?? "", "&")
  let uri: TokenUri = {}
  for (const [name, value] of pathAttributes) uri = { ...uri, ...pathAttribute(name, value) }
  for (const [name, value] of queryAttributes) {
    if (name.startsWith("pin-")) throw invalid("a PIN has no place in it")
    uri = { ...uri, ...queryAttribute(name, textOf(value)) }
  }
  return uri
}

function queryAttribute(name: string, value: string): TokenUri {
  if (name === modulePath) return { modulePath: value }
  if (name === signingPadding) {
    if (value !== "pkcs1") throw invalid(`${signingPadding} is not pkcs1`)
    return { signing: value }
  }
  if (name !== oaepHash) throw invalid(`the attribute ${name} is not known`)
  if (value !== "sha1") throw invalid(`${oaepHash} is not sha1`)
  return { oaep: value }
}

function pathAttribute(name: string, value: Uint8Array): TokenUri {
  if (isTextName(name)) return { [texts[name]]: textOf(value) }
  if (name === "id") return { id: value }
  if (name === "type") {
    const type = types.find((known) => known === textOf(value))
    if (type === undefined) throw invalid("its type is none of RFC 7512")
    return { type }
  }
  if (name === "slot-id") {
    const digits = textOf(value)
    if (!/^[0-9]{1,15}$/.test(digits)) throw invalid("its slot-id is no number")
    return { slotId: Number(digits) }
  }
  throw invalid(`the attribute ${name} is not known`)
}

function isTextName(name: string): name is TextName {
  return Object.hasOwn(texts, name)
}

function attributesIn(part: string, separator: string): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const attribute of part.split(separator)) {
    if (attribute === "") continue
    const end = attribute.indexOf("=")
    if (end <= 0) throw invalid("an attribute has no value")
    const name = attribute.slice(0, end)
    if (found.has(name)) throw invalid(`the attribute ${name} comes twice`)
    found.set(name, decoded(attribute.slice(end + 1)))
  }
  return found
}

/** RFC 3986, section 2.1. */
function decoded(value: string): Uint8Array {
  if (!/^([A-Za-z0-9\-._~:[\]@!$'()*+,=&/?]|%[0-9A-Fa-f]{2})*$/.test(value))
    throw invalid("a value is not percent-encoded")
  const bytes: number[] = []
  for (let place = 0; place < value.length; place += 1) {
    const isEncoded = value[place] === "%"
    bytes.push(isEncoded ? Number.parseInt(value.slice(place + 1, place + 3), 16) : value.charCodeAt(place))
    if (isEncoded) place += 2
  }
  return Uint8Array.from(bytes)
}

function textOf(value: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    throw invalid("a value is not UTF-8")
  }
}

/** In the order of RFC 7512's examples, so that two URIs of one thing are the same text. */
export function formatTokenUri(uri: TokenUri): string {
  const attributes: string[] = []
  for (const [name, member] of Object.entries(texts)) {
    const value = uri[member]
    if (value !== undefined) attributes.push(`${name}=${encodedText(value)}`)
  }
  if (uri.type !== undefined) attributes.push(`type=${uri.type}`)
  if (uri.id !== undefined) attributes.push(`id=${encodedBytes(uri.id)}`)
  if (uri.slotId !== undefined) attributes.push(`slot-id=${uri.slotId}`)
  const query = [
    ...(uri.modulePath === undefined ? [] : [`${modulePath}=${encodedText(uri.modulePath)}`]),
    ...(uri.oaep === undefined ? [] : [`${oaepHash}=${uri.oaep}`]),
    ...(uri.signing === undefined ? [] : [`${signingPadding}=${uri.signing}`]),
  ]
  return `${scheme}${attributes.join(";")}${query.length === 0 ? "" : `?${query.join("&")}`}`
}

/**
 * Whether two URIs name one object. The labels of it and of its token can change; which library leads to it does not matter.
 */
export function isSameObject(one: TokenUri, other: TokenUri): boolean {
  const isSame = (name: "manufacturer" | "model" | "serial" | "type"): boolean => one[name] === other[name]
  const ids = [one.id ?? [], other.id ?? []].map((id) => id.join())
  return ids[0] === ids[1] && isSame("manufacturer") && isSame("model") && isSame("serial") && isSame("type")
}

/** The token that a URI names, whatever it names in it and by which library. */
export function tokenPartOf({ token, manufacturer, model, serial }: TokenUri): TokenUri {
  return {
    ...(token === undefined ? {} : { token }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
  }
}

/** Whether a token is one that a URI means: what the URI does not say, it does not mind. */
export function meansToken(uri: TokenUri, token: TokenUri): boolean {
  return (["token", "manufacturer", "model", "serial"] as const).every(
    (name) => uri[name] === undefined || uri[name] === token[name],
  )
}

/** Whether a URI means the token of another that says all; and its key, where it names one. */
export function meansKey(uri: TokenUri, full: TokenUri): boolean {
  return meansToken(uri, full) && (uri.id === undefined || uri.id.join() === full.id?.join())
}

/** What a library tells of a token that is there. */
type ToldToken = Readonly<Record<"label" | "manufacturer" | "model" | "serial", string>> & { readonly slotId: number }

/** As `meansToken`, for a token in its slot. */
export function meansTokenInSlot(uri: TokenUri, { label, manufacturer, model, serial, slotId }: ToldToken): boolean {
  if (uri.slotId !== undefined && uri.slotId !== slotId) return false
  return meansToken(uri, { token: label, manufacturer, model, serial })
}

/** Whether two URIs name one token: its label can change. Serial numbers of nothing but noughts tell no tokens apart. */
export function isSameToken(one: TokenUri, other: TokenUri): boolean {
  const isSame = (name: "manufacturer" | "model" | "serial" | "token"): boolean => one[name] === other[name]
  const isTelling = /[^0 ]/.test(one.serial ?? "")
  return isSame("manufacturer") && isSame("model") && isSame("serial") && (isTelling || isSame("token"))
}

function encodedText(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const encodedByte = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)

/** An id is bytes of any kind: RFC 7512 asks to encode all of them. */
function encodedBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => encodedByte[byte]).join("")
}

function invalid(why: string): VaultError {
  return new VaultError("INVALID_INPUT", `PKCS#11 URI: ${why}`)
}

/** Where a key is that has an id of its own: anybody may have given it another label. */
export function byId(uri: TokenUri): TokenUri {
  const { object: _, ...lasting } = uri
  return uri.id === undefined ? uri : lasting
}
