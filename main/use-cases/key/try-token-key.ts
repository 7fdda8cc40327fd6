import type { Algorithm, Purpose } from "../../../preload/contract/values.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OaepMechanism, TokenKey } from "../../domain/token-port.ts"
import { formatTokenUri, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { openInToken, sealInToken } from "../key-use/token-seal.ts"
import { type KeyWork, mechanismFor, signInToken } from "../key-use/token-use.ts"

interface Job {
  readonly algorithm: Algorithm
  readonly purpose: Purpose
}

/** Says what was tried, where somebody finds it. */
const probe = new TextEncoder().encode("Claviger tries a key")
/** Where nothing more is bound to the ciphertext: that is of the vault, and of a key that it knows. */
const noAad = new Uint8Array(0)

/**
 * Has a key in a token do its job once, before anybody relies on it: some tokens make keys that they can't use, list what they have not, or give
 * a public key that belongs to another.
 * @returns the key, with what was found out about how it is to be used
 * @throws `TOKEN_ERROR`
 */
export async function tryTokenKey(work: KeyWork, job: Job, key: TokenKey): Promise<TokenKey> {
  requirePublicKey(work.crypto, job, key)
  if (job.algorithm.startsWith("rsa-") && isSealing(job)) return await tryOaep(work, job, key)
  if (isSealing(job)) await trySealing(work, job, key)
  else if (job.purpose === "mac") await tryMac(work, job, key)
  else if (job.purpose === "key-agreement") await tryAgreement(work, job, key)
  else return await trySigning(work, job, key)
  return key
}

function isSealing({ purpose }: Job): boolean {
  return purpose === "encryption" || purpose === "key-wrapping"
}

/** With RSA by PSS where the token lists it, else by PKCS#1 v1.5, which is then noted. */
async function trySigning(work: KeyWork, { algorithm }: Job, key: TokenKey): Promise<TokenKey> {
  const withPkcs1 = { ...key, uri: formatTokenUri({ ...parseTokenUri(key.uri), signing: "pkcs1" }) }
  const trySigningAs = async ({ uri, publicKey }: TokenKey): Promise<void> => {
    const mechanism = mechanismFor(work.crypto, { algorithm }, { location: uri }, "sign")
    await signInToken(work, { algorithm }, { publicKey }, { uri: parseTokenUri(uri), mechanism, message: probe })
  }
  try {
    await trySigningAs(key)
    return key
  } catch (error) {
    const lacksPss = algorithm.startsWith("rsa-") && error instanceof VaultError && error.code === "INVALID_INPUT"
    if (!lacksPss) throw error
    await trySigningAs(withPkcs1)
    return withPkcs1
  }
}

/** What was changed must not open, or the key guards nothing. */
async function trySealing(work: KeyWork, job: Job, { uri }: TokenKey): Promise<void> {
  const place = parseTokenUri(uri)
  const { sealed, mechanism } = await sealInToken(work, job, place, probe, noAad)
  const changed = Uint8Array.from(sealed, (byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte))
  using opened = await openInToken(work, job, place, mechanism, changed, noAad)
  if (opened !== null) throw new VaultError("TOKEN_ERROR", "it opens what was changed")
}

/** With SHA-256 if it can, else with SHA-1, which is then noted: its list does not tell. */
async function tryOaep(work: KeyWork, job: Job, key: TokenKey): Promise<TokenKey> {
  try {
    await tryPadding(work, job, key, "rsa-oaep-sha256")
    return key
  } catch (error) {
    if (!(error instanceof VaultError && error.code === "TOKEN_ERROR")) throw error
    await tryPadding(work, job, key, "rsa-oaep-sha1")
    return { ...key, uri: formatTokenUri({ ...parseTokenUri(key.uri), oaep: "sha1" }) }
  }
}

async function tryPadding(
  work: KeyWork,
  job: Job,
  { uri, publicKey }: TokenKey,
  mechanism: OaepMechanism,
): Promise<void> {
  if (publicKey === null) throw new VaultError("TOKEN_ERROR", "it gave no public key")
  const sealed = await work.crypto.encrypt(job.algorithm, mechanism, publicKey, probe, noAad)
  using opened = await openInToken(work, job, parseTokenUri(uri), mechanism, sealed, noAad)
  if (opened === null || !work.crypto.equalBytes(opened.bytes, probe))
    throw new VaultError("TOKEN_ERROR", "it does not open what is encrypted to its public key")
}

async function tryMac({ crypto, tokens, pin }: KeyWork, { algorithm }: Job, { uri }: TokenKey): Promise<void> {
  const port = await tokens()
  const tagOf = (message: Uint8Array) => port.mac(parseTokenUri(uri), pin, algorithm, message)
  const [tag, again, other] = [await tagOf(probe), await tagOf(probe), await tagOf(probe.subarray(1))]
  const isRight = tag.length === Number(algorithm.slice("hmac-sha".length)) / 8
  if (!isRight || !crypto.equalBytes(tag, again) || crypto.equalBytes(tag, other))
    throw new VaultError("TOKEN_ERROR", "the MACs that it makes are none")
}

/** Both sides must come to the same: the other one is made here. */
async function tryAgreement(
  { crypto, tokens, pin }: KeyWork,
  { algorithm }: Job,
  { uri, publicKey }: TokenKey,
): Promise<void> {
  using ours = await crypto.generateMaterial(algorithm)
  const peer = crypto.publicKeyFor(algorithm, ours.bytes)
  if (peer === null) throw new Error("a key that agrees has a public half")
  using theirs = await (await tokens()).agree(parseTokenUri(uri), pin, peer)
  const request = { peer: publicKey, ciphertext: null, salt: noAad, info: noAad, size: theirs.bytes.length }
  using expected = await crypto.deriveSecret(algorithm, "ecdh", ours.bytes, request)
  if (!crypto.equalBytes(expected.bytes, theirs.bytes))
    throw new VaultError("TOKEN_ERROR", "what it agrees on is not what the other side has")
}

function requirePublicKey(crypto: KeyCrypto, { algorithm }: Job, { publicKey }: TokenKey): void {
  if (publicKey === null && /^(aes|hmac)-/.test(algorithm)) return
  try {
    if (publicKey !== null && crypto.readPublicKey(publicKey).algorithm === algorithm) return
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
  }
  throw new VaultError("TOKEN_ERROR", "the public key that it gave is none of that algorithm")
}
