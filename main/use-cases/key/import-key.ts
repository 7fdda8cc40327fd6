import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import type { FoundKey, KeyCrypto, RefusedKey } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { usualPurpose } from "../../domain/purpose.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { logUse, placeOf } from "../key-use/log-use.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { unwrapForeign } from "../key-use/wrap-key.ts"
import { usableVersions } from "../policy/require-policy.ts"
import { findKey } from "./find-key.ts"
import { importWarnings } from "./import-warnings.ts"
import { keyringFor, requireAllowed, storeNewKey } from "./store-new-key.ts"

type Wanted = Omit<InputOf<"key.import">, "file" | "filePassphrase" | "format" | "algorithm" | "wrappedBy" | "pin">
type Result = OutputOf<"key.import">["keys"][number]

/** A name and a number after it are a name too. */
const longestNameOfSeveral = 195

/**
 * Takes the keys in a file into the vault. What is wrong with a file's only key is thrown; of several, each has its own
 * result, and the first is called by the name that was given, the second that and `-2`. Wipes the file's bytes.
 * @throws `INVALID_INPUT` saying where, `WRONG_PASSPHRASE` of the file, `ALREADY_EXISTS`, `POLICY_DENIED`
 */
export function importKey(parts: TokenUseParts) {
  return async (input: InputOf<"key.import">): Promise<OutputOf<"key.import">> => {
    const { file: bytes, filePassphrase, format, algorithm, wrappedBy, pin: pinBytes, ...wanted } = input
    using file = new Secret(bytes)
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    using pin = pinBytes === undefined ? null : new Secret(pinBytes)
    const work = workOf(parts, pin)
    const { vault, crypto } = work
    using unwrapped = wrappedBy === undefined ? null : await unwrap(work, file.bytes, wrappedBy)
    const content = unwrapped ?? file
    const { keys, ...found } = await crypto.importKeys(content.bytes, { format, passphrase, algorithm })
    try {
      requireNameFits(wanted.name, keys.length)
      // The PIN is tried once, however many keys there are; it is the wrapping key's where there is one.
      const { id } = keyringFor(vault, "secret", wanted.keyring)
      using _ = await vault.materials.reach(id, wrappedBy === undefined ? pin : null)
      const warnings = [...found.warnings]
      const results: Result[] = []
      for (const [index, key] of keys.entries()) {
        const as = { ...wanted, name: nameOf(wanted, index) }
        const about = "refusal" in key ? [] : await importWarnings(vault, crypto, key)
        const take = async (): Promise<Result> => ({ ok: true, key: await takeKey(vault, crypto, key, as) })
        results.push(keys.length === 1 ? await take() : await orRefusal(take, key.comment))
        warnings.push(...(keys.length === 1 ? about : about.map((warning) => `${as.name}: ${warning}`)))
      }
      return { format: found.format, warnings, keys: results }
    } finally {
      for (const key of keys) if ("material" in key) key.material[Symbol.dispose]()
    }
  }
}

/** A wrapped file says nothing of the key that opens it; the log does. */
async function unwrap(
  work: KeyWork,
  file: Uint8Array,
  { name, ...how }: NonNullable<InputOf<"key.import">["wrappedBy"]>,
): Promise<Secret> {
  const { vault } = work
  const key = findKey(vault, name)
  const { secret, version, mechanism } =
    key.algorithm === "x25519" && how.mechanism === undefined
      ? await openAge(work, key, file, how.version)
      : await unwrapForeign(work, key, file, how)
  logUse(vault, key, "key.unwrap", { version, mechanism })
  return secret
}

/** What `key export --to age1…` made elsewhere, by whichever version it is for. */
async function openAge({ vault, crypto, pin }: KeyWork, key: Key, file: Uint8Array, number: number | undefined) {
  for (const { version } of usableVersions(vault, key, ["decrypt"], number)) {
    const secret = await crypto.decryptFor(() => vault.materials.open(placeOf(key, version), pin), file)
    if (secret !== null) return { secret, version, mechanism: "age" }
  }
  throw new VaultError("NOT_FOUND", `a key that opens the file, which is encrypted for others, not for ${key.name}`)
}

async function takeKey(vault: OpenVault, crypto: KeyCrypto, key: FoundKey | RefusedKey, wanted: Wanted) {
  if ("refusal" in key) throw key.refusal
  const { purpose: asked, ...metadata } = wanted
  const { algorithm, attachments, material } = key
  const purpose = asked ?? key.purpose ?? usualPurpose(algorithm)
  requireAllowed({ algorithm, purpose }, metadata)
  const kind = { algorithm, purpose, origin: "imported", action: "key.import", attachments } as const
  return await storeNewKey(vault, crypto, kind, metadata, material, null)
}

function nameOf({ name }: Wanted, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`
}

function requireNameFits(name: string, count: number): void {
  if (count > 1 && [...name].length > longestNameOfSeveral) {
    throw new VaultError("INVALID_INPUT", `name: is too long for a file of ${count} keys, which are numbered`)
  }
}

async function orRefusal(take: () => Promise<Result>, comment: string | null): Promise<Result> {
  try {
    return await take()
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { ok: false, comment, error: { code: error.code, detail: error.detail ?? "" } }
  }
}
