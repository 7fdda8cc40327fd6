import { readdirSync, readFileSync } from "node:fs"
import { inflateSync } from "node:zlib"
import { decodeIdentity, identityOf } from "../../main/crypto/age/identity-text.ts"
import { passphraseIdentity } from "../../main/crypto/age/scrypt-stanza.ts"
import type { Identity } from "../../main/crypto/age/stanza.ts"

const folder = new URL("../vectors/cctv-age/", import.meta.url)

/** One file of the age testkit: what stands before the empty line, and the file behind it. */
export interface AgeVector {
  readonly name: string
  readonly expected: string
  readonly isArmored: boolean
  /** SHA-256 of all plaintext that may come out, in hexadecimal. */
  readonly payload: string | null
  readonly fileKey: string | null
  readonly identities: readonly Identity[]
  readonly file: Uint8Array
}

export const ageVectors: readonly AgeVector[] = readdirSync(folder)
  .filter((name) => name !== "NOTE.txt")
  .map(readVector)

function readVector(name: string): AgeVector {
  const bytes = readFileSync(new URL(name, folder))
  const end = bytes.indexOf("\n\n")
  const fields = bytes.subarray(0, end).toString("utf8").split("\n").map(fieldOf)
  const valuesOf = (key: string) => fields.flatMap(([name, value]) => (name === key ? [value] : []))
  const [expected = "", payload = null, fileKey = null] = ["expect", "payload", "file key"].map(
    (key) => valuesOf(key)[0],
  )
  const body = bytes.subarray(end + 2)
  const passphrases = valuesOf("passphrase").map((text) => passphraseIdentity(Buffer.from(text)))
  const keys = valuesOf("identity").map((text) => identityOf(decodeIdentity(Buffer.from(text))))
  return {
    name,
    expected,
    isArmored: valuesOf("armored").includes("yes"),
    payload,
    fileKey,
    identities: [...passphrases, ...keys],
    file: valuesOf("compressed").includes("zlib") ? inflateSync(body) : body,
  }
}

function fieldOf(line: string): [string, string] {
  const [, name = "", value = ""] = /^([a-z ]+): (.*)$/.exec(line) ?? []
  return [name, value]
}
