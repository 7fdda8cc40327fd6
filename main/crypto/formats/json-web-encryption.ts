import { concatenated } from "./concatenated.ts"
import { type Imported, type ReadOptions, requirePassphrase, wrongPassphrase } from "./imported-key.ts"
import { readJsonWebKeys } from "./json-web-key.ts"
import {
  type ContentEncryption,
  contentKeyLength,
  decryptContent,
  isContentEncryption,
} from "./jwe-content-encryption.ts"
import {
  isKeyEncryption,
  maximumCount,
  type PassphraseEncryption,
  saltLengths,
  unwrapContentKey,
} from "./jwe-key-encryption.ts"
import {
  invalid,
  type JsonWebEncryption,
  type Members,
  octets,
  optionalText,
  readCompact,
  readSerialised,
} from "./jwe-serialisation.ts"
import { type KeySource, plainSource } from "./key-source.ts"
import { readJson, textOf } from "./strict-json.ts"
import { normalisedText } from "./text-lines.ts"

const maximumTextLength = 256
const none: Members = new Map()

/**
 * Recognises a JWE (RFC 7516), compact or in JSON; it must hold a JSON Web Key or a set of them (RFC 7517, section 7) under a passphrase.
 *
 * @throws INVALID_INPUT when it is one, but broken
 */
export function recogniseJwe(file: Uint8Array): KeySource | null {
  const text = normalisedText(file)
  const found = readCompact(text) ?? readSerialised(text)
  return found === null ? null : plainSource("jwe", (options) => readEncryptedKeys(found, options))
}

async function readEncryptedKeys(file: JsonWebEncryption, options: ReadOptions): Promise<Imported[]> {
  const { header, encryptedKey } = passphraseRecipient(file)
  const { encryption, content } = readHeader(header)
  using key = await unwrapContentKey(encryption, encryptedKey, requirePassphrase(options))
  if (key === null) throw wrongPassphrase()
  if (key.bytes.length !== contentKeyLength(content))
    throw invalid("the encrypted key is not of the length that enc asks for")
  const aad =
    file.aad === null ? file.protectedHeader : concatenated([file.protectedHeader, Buffer.from("."), file.aad])
  using plaintext = decryptContent(content, key.bytes, file.content, aad)
  if (plaintext === null) throw invalid("the passphrase is right, but the content was changed or is damaged")
  return await readJsonWebKeys(normalisedText(plaintext.bytes), options)
}

/** The first recipient that takes a passphrase, with all headers that are its own. */
function passphraseRecipient({ protectedHeader, unprotected, recipients }: JsonWebEncryption) {
  const shared = [protectedMembers(protectedHeader), unprotected]
  const all = recipients.map(({ header, encryptedKey }) => ({ header: disjoint([...shared, header]), encryptedKey }))
  const found = all.find(({ header }) => isKeyEncryption(textIn(header, "alg")))
  if (found === undefined) throw invalid("alg: only PBES2, which takes a passphrase, is supported")
  return found
}

function protectedMembers(text: Uint8Array): Members {
  if (text.length === 0) return none
  const view = readJson(octets(text, "the protected header"))
  if (view.kind !== "object") throw invalid("the protected header is no object")
  return view.members
}

/** RFC 7516, section 4: no parameter stands in two of the headers. */
function disjoint(headers: readonly Members[]): Members {
  const all = headers.flatMap((members) => [...members])
  const header = new Map(all)
  if (header.size !== all.length) throw invalid("a header parameter stands twice")
  return header
}

function readHeader(header: Members): { encryption: PassphraseEncryption; content: ContentEncryption } {
  if (header.has("crit")) throw invalid("crit: no extension is supported")
  if (header.has("zip")) throw invalid("zip: compressed content is not supported")
  const algorithm = textIn(header, "alg")
  if (!isKeyEncryption(algorithm)) throw invalid("alg")
  const content = textIn(header, "enc")
  if (!isContentEncryption(content)) throw invalid("enc: the encryption of the content is not supported")
  const salt = octets(optionalText(header, "p2s"), "p2s")
  if (salt.length < saltLengths.least || salt.length > saltLengths.most) throw invalid("p2s: the length of the salt")
  const count = header.get("p2c")
  const iterations = count?.kind === "other" && /^[1-9][0-9]*$/.test(count.scalar) ? Number(count.scalar) : 0
  if (iterations < 1 || iterations > maximumCount) throw invalid(`p2c: not between 1 and ${maximumCount}`)
  return { encryption: { algorithm, salt, count: iterations }, content }
}

function textIn(members: Members, name: string): string {
  const text = optionalText(members, name)
  return text === null || text.length > maximumTextLength ? "" : textOf(text)
}
