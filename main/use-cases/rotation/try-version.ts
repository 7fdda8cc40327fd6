import type { Mechanism } from "../../../preload/contract/values.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { tryTokenKey } from "../key/try-token-key.ts"
import { placeOf } from "../key-use/log-use.ts"
import { openUnderVersion, sealUnderVersion } from "../key-use/seal-under-key.ts"
import { type KeyWork, mechanismFor } from "../key-use/token-use.ts"

/** Says what was tried, where somebody finds it. */
const probe = new TextEncoder().encode("Claviger tries a version")
const nothing = new Uint8Array(0)

/**
 * Has a version do its job once, whatever its state: what it protects it must open or verify again.
 * @returns by which mechanism it encrypted; `null` where it did not
 * @throws `INTEGRITY_FAILED` when it does not; as the token does
 */
export async function tryVersion(work: KeyWork, key: Key, version: KeyVersion): Promise<Mechanism | null> {
  const isSealing = !agreesAlways(key) && (key.purpose === "encryption" || key.purpose === "key-wrapping")
  const { location, publicKey } = version
  const isKept = tokenUriOf(version) !== null
  if (isKept && !isSealing) await tryTokenKey(work, key, { uri: location, publicKey })
  else if (!isKept) await requireOwnMaterial(work, key, version)
  if (isSealing) return await trySealing(work, key, version)
  if (!isKept) await tryInVault(work, key, version)
  return null
}

async function trySealing(work: KeyWork, key: Key, version: KeyVersion): Promise<Mechanism> {
  const mechanism = mechanismFor(work.crypto, key, version, "encrypt")
  const { sealed } = await sealUnderVersion(work, key, version, mechanism, probe)
  using opened = await openUnderVersion(work, key, version, mechanism, sealed)
  if (opened === null || !work.crypto.equalBytes(opened.bytes, probe)) throw failed(key, version)
  return mechanism
}

/** With it files are encrypted only, to what both sides agree on. */
function agreesAlways({ algorithm }: Key): boolean {
  return algorithm === "x25519"
}

/** The material must open, and be the one that the inventory describes. */
async function requireOwnMaterial({ vault, crypto, pin }: KeyWork, key: Key, version: KeyVersion): Promise<void> {
  using material = await vault.materials.open(placeOf(key, version.version), pin)
  const publicKey = crypto.publicKeyFor(key.algorithm, material.bytes)
  const isSameKey =
    version.publicKey === null
      ? publicKey === null
      : publicKey !== null && crypto.equalBytes(publicKey, version.publicKey)
  if (!isSameKey || crypto.keyCheckValue(key.algorithm, material.bytes) !== version.kcv) throw failed(key, version)
}

async function tryInVault(work: KeyWork, key: Key, version: KeyVersion): Promise<void> {
  const { vault, pin } = work
  using material = await vault.materials.open(placeOf(key, version.version), pin)
  const works =
    key.usages.includes("sign") && version.publicKey !== null
      ? await signs(work, key, material.bytes, version.publicKey)
      : key.usages.includes("mac")
        ? await authenticates(work, key, material.bytes)
        : (key.usages.includes("derive") || agreesAlways(key)) && version.publicKey !== null
          ? await agrees(work, key, material.bytes, version.publicKey)
          : true
  if (!works) throw failed(key, version)
}

async function signs(
  { crypto }: KeyWork,
  { algorithm }: Key,
  material: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const mechanism = crypto.chosenMechanism(algorithm, "sign")
  const signature = await crypto.sign(algorithm, mechanism, material, probe)
  return await crypto.verify(algorithm, mechanism, publicKey, probe, signature)
}

async function authenticates({ crypto }: KeyWork, { algorithm }: Key, material: Uint8Array): Promise<boolean> {
  const code = await crypto.mac(algorithm, material, probe)
  return await crypto.verifyMac(algorithm, material, probe, code)
}

/** Both sides must come to the same: the other one is made here. */
async function agrees(
  { crypto }: KeyWork,
  { algorithm }: Key,
  material: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const request = { peer: null, ciphertext: null, salt: nothing, info: probe, size: 32 }
  if (algorithm.startsWith("ml-kem")) {
    const { ciphertext, secret, mechanism } = await crypto.encapsulate(algorithm, undefined, publicKey, request)
    using theirs = secret
    using ours = await crypto.deriveSecret(algorithm, mechanism, material, { ...request, ciphertext })
    return crypto.equalBytes(ours.bytes, theirs.bytes)
  }
  using other = await crypto.generateMaterial(algorithm)
  const peer = crypto.publicKeyFor(algorithm, other.bytes)
  const mechanism = "ecdh-hkdf-sha256"
  using theirs = await crypto.deriveSecret(algorithm, mechanism, other.bytes, { ...request, peer: publicKey })
  using ours = await crypto.deriveSecret(algorithm, mechanism, material, { ...request, peer })
  return crypto.equalBytes(ours.bytes, theirs.bytes)
}

function failed({ name }: Key, { version }: KeyVersion): VaultError {
  return new VaultError("INTEGRITY_FAILED", `version ${version} of ${name} does not do its job`)
}
