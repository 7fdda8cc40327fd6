import { createCipheriv, createDecipheriv } from "node:crypto"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { randomBytes } from "../random.ts"
import { bcryptKey } from "./bcrypt-key.ts"
import { concatenated } from "./concatenated.ts"
import { SshReader, sshString, sshUint32 } from "./ssh-wire.ts"
import { transformed } from "./transformed.ts"

/** OpenSSH's ciphers for private keys that node:crypto has everywhere; lengths in bytes. */
const ciphers = {
  "aes128-ctr": { name: "aes-128-ctr", keyLength: 16, ivLength: 16 },
  "aes192-ctr": { name: "aes-192-ctr", keyLength: 24, ivLength: 16 },
  "aes256-ctr": { name: "aes-256-ctr", keyLength: 32, ivLength: 16 },
  "aes128-cbc": { name: "aes-128-cbc", keyLength: 16, ivLength: 16 },
  "aes192-cbc": { name: "aes-192-cbc", keyLength: 24, ivLength: 16 },
  "aes256-cbc": { name: "aes-256-cbc", keyLength: 32, ivLength: 16 },
  "aes128-gcm@openssh.com": { name: "aes-128-gcm", keyLength: 16, ivLength: 12 },
  "aes256-gcm@openssh.com": { name: "aes-256-gcm", keyLength: 32, ivLength: 12 },
} as const

type CipherName = keyof typeof ciphers

/** The block of AES; the private section is padded to it. Without encryption OpenSSH pads to 8. */
const blockLength = 16
const tagLength = 16

/** About 20 s in a thread of its own; ssh-keygen's default is 16 or 24, by version. */
const maximumRounds = 1000
const maximumSaltLength = 1024

/** What ssh-keygen of OpenSSH 10 chooses. */
const writtenCipher: CipherName = "aes256-ctr"
const writtenRounds = 24
const writtenSaltLength = 16

/** How a private section is encrypted. */
export interface OpensshEncryption {
  readonly cipher: CipherName
  readonly salt: Uint8Array
  readonly rounds: number
}

/**
 * Reads ciphername, kdfname and kdfoptions (OpenSSH's PROTOCOL.key, sections 1 and 2). Rounds are bounded here, before any work.
 *
 * @returns null where the key is not encrypted
 * @throws INVALID_INPUT for a cipher or key derivation that is not supported, or costs beyond the bound
 */
export function readOpensshEncryption(reader: SshReader): OpensshEncryption | null {
  const cipher = reader.name()
  const derivation = reader.name()
  const options = new SshReader(reader.string(), "OpenSSH key")
  if (cipher === "none" && derivation === "none") {
    options.end()
    return null
  }
  if (!isCipherName(cipher))
    throw invalid("the cipher is not supported; `ssh-keygen -p -Z aes256-ctr -f FILE` changes it")
  if (derivation !== "bcrypt") throw invalid("the key derivation is not supported")
  const salt = options.string()
  const rounds = options.uint32()
  options.end()
  if (salt.length === 0 || salt.length > maximumSaltLength) throw invalid("the salt")
  if (rounds < 1 || rounds > maximumRounds) throw invalid(`bcrypt rounds are not between 1 and ${maximumRounds}`)
  return { cipher, salt, rounds }
}

function isCipherName(name: string): name is CipherName {
  return Object.hasOwn(ciphers, name)
}

/**
 * Decrypts a private section.
 *
 * @param tag - what follows the section: 16 bytes with GCM, nothing otherwise
 * @returns null when the GCM tag says that passphrase or section is wrong; other ciphers have nothing that says so
 * @throws INVALID_INPUT when the lengths do not fit the cipher
 */
export async function decryptOpenssh(
  { cipher, salt, rounds }: OpensshEncryption,
  section: Uint8Array,
  tag: Uint8Array,
  passphrase: Uint8Array,
): Promise<Secret | null> {
  const { name, keyLength, ivLength } = ciphers[cipher]
  const isGcm = name === "aes-128-gcm" || name === "aes-256-gcm"
  if (section.length % blockLength !== 0) throw invalid("the private section is no whole number of blocks")
  if (tag.length !== (isGcm ? tagLength : 0)) throw invalid("what follows the private section")
  using keyAndIv = await bcryptKey(passphrase, salt, rounds, keyLength + ivLength)
  const key = keyAndIv.bytes.subarray(0, keyLength)
  const iv = keyAndIv.bytes.subarray(keyLength)
  if (!isGcm) return transformed(createDecipheriv(name, key, iv).setAutoPadding(false), section)
  try {
    return transformed(createDecipheriv(name, key, iv, { authTagLength: tagLength }).setAuthTag(tag), section)
  } catch {
    return null
  }
}

/** ciphername, kdfname and kdfoptions as parts, and the section encrypted as they say: aes256-ctr, bcrypt with 24 rounds. */
export async function encryptOpenssh(
  section: Uint8Array,
  passphrase: Uint8Array,
): Promise<{ readonly header: Uint8Array[]; readonly encrypted: Uint8Array }> {
  const { name, keyLength, ivLength } = ciphers[writtenCipher]
  const salt = randomBytes(writtenSaltLength)
  using keyAndIv = await bcryptKey(passphrase, salt, writtenRounds, keyLength + ivLength)
  const cipher = createCipheriv(name, keyAndIv.bytes.subarray(0, keyLength), keyAndIv.bytes.subarray(keyLength))
  const options = concatenated([...sshString(salt), sshUint32(writtenRounds)])
  return {
    header: [...sshString(Buffer.from(writtenCipher)), ...sshString(Buffer.from("bcrypt")), ...sshString(options)],
    encrypted: transformed(cipher, section).bytes,
  }
}

function invalid(reason: string): VaultError {
  return new VaultError("INVALID_INPUT", `OpenSSH key: ${reason}`)
}
