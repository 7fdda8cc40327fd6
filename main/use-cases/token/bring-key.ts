import type { Outcome } from "../../../preload/contract/audit.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Json } from "../../domain/audit-entry.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import type { TokenKey, TokenPort } from "../../domain/token-port.ts"
import { formatTokenUri, parseTokenUri, type TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { requireMayLeave } from "../key/require-may-leave.ts"
import { requireAllowed, requireMayBeMade, storeNewKey } from "../key/store-new-key.ts"
import { keepInToken } from "../key/token-material.ts"
import { placeOf } from "../key-use/log-use.ts"
import { packForToken } from "../key-use/token-seal.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { requireFreeName } from "./adopt-key.ts"

/**
 * Puts a copy of a key of the vault into a token, as a key of its own that does not leave again. The material is encrypted for the token
 * itself before it goes on its way, and opened in there.
 * @throws `POLICY_DENIED` when the key must not leave, `STATE_DENIED`, `NOT_FOUND`, `ALREADY_EXISTS`, and as the token does
 */
export function bringKey(parts: TokenUseParts) {
  return async (input: InputOf<"token.import">): Promise<OutputOf<"token.import">> => {
    const { uri: text, pin, key: source, version: number, ...wanted } = input
    using pinSecret = pin === undefined ? null : new Secret(pin)
    const work = workOf(parts, pinSecret)
    const { vault, crypto } = work
    const uri = parseTokenUri(text)
    requireFreeName(vault, wanted.name)
    const key = findKey(vault, source)
    const { algorithm, purpose } = key
    const version = versionOf(key, number ?? key.currentVersion)
    requireMayLeave(vault, key, version, false)
    requireAllowed({ algorithm, purpose }, wanted)
    const kind = { algorithm, purpose, origin: "imported", action: "token.import" } as const
    requireMayBeMade(vault, kind, { ...wanted, exportable: "never" }, text)
    using material = await vault.materials.open(placeOf(key, version.version), null)
    const journey = journeyOf(vault, key, { version: version.version, as: wanted.name, into: formatTokenUri(uri) })
    const make = (tokens: TokenPort): Promise<TokenKey> =>
      bring(work, tokens, uri, key, version, material, { label: wanted.name, onPacked: journey.begin })
    try {
      const stored = await keepInToken(parts, { pin: pinSecret, algorithm, purpose }, make, (made) => {
        const detail = { location: made.uri, from: key.name, fromId: key.id, fromVersion: version.version }
        const taken = { ...made, kcv: version.kcv }
        return storeNewKey(vault, crypto, { ...kind, detail }, { ...wanted, exportable: "never" }, taken, null)
      })
      journey.end("done")
      return { ...stored, warnings: [notMadeThere(key)] }
    } catch (error) {
      journey.end("failed")
      throw error
    }
  }
}

interface Journey {
  readonly begin: () => void
  readonly end: (outcome: Outcome) => void
}

/** Notes a use of the key before it goes into the token, so that it is in the log also when nobody is left to tell how it ended. */
function journeyOf(vault: OpenVault, key: Key, detail: { readonly [member: string]: Json }): Journey {
  let isUnderWay = false
  const note = (phase: "started" | "finished", outcome: Outcome): void => {
    const entry = { action: "token.import", target: key.name, usedKeyId: key.id, outcome }
    vault.journal.record(() => ({ entry: { ...entry, detail: { ...detail, phase } }, result: undefined }))
  }
  return {
    begin() {
      note("started", "done")
      isUnderWay = true
    },
    end(outcome) {
      if (isUnderWay && !vault.isClosed) note("finished", outcome)
      isUnderWay = false
    },
  }
}

function notMadeThere({ name }: Key): string {
  return `The token did not make this key (CKA_LOCAL is false): ${name} in this vault is the same, and so it is in the vault's backups.`
}

async function bring(
  work: KeyWork,
  tokens: TokenPort,
  uri: TokenUri,
  { algorithm, purpose }: Key,
  { publicKey }: KeyVersion,
  material: Secret,
  { label, onPacked }: { readonly label: string; readonly onPacked: () => void },
): Promise<TokenKey> {
  const packed = await packForToken(work, uri, work.pin, material.bytes)
  onPacked()
  const made = await tokens.importKey(uri, null, { algorithm, purpose, label, publicKey, packed })
  try {
    if (publicKey === null) await requireSameSecret(work, tokens, made, { algorithm, purpose }, material)
    return made
  } catch (error) {
    await tokens.destroy(parseTokenUri(made.uri), null).catch(() => undefined)
    throw error
  }
}

const probe = new TextEncoder().encode("Claviger compares a key")
const noAad = new Uint8Array(0)

/** What the token makes with it must be what the vault makes. Of an asymmetric key its public half shows that. */
async function requireSameSecret(
  { crypto }: KeyWork,
  tokens: TokenPort,
  { uri: text }: TokenKey,
  { algorithm, purpose }: Pick<Key, "algorithm" | "purpose">,
  { bytes }: Secret,
): Promise<void> {
  const uri = parseTokenUri(text)
  if (purpose === "mac") {
    const isSame = await crypto.verifyMac(algorithm, bytes, probe, await tokens.mac(uri, null, algorithm, probe))
    if (!isSame) throw otherKey()
    return
  }
  using opened =
    purpose === "key-wrapping"
      ? await tokens.unwrap(uri, null, "aes-kwp", await crypto.wrapMaterial(algorithm, "aes-kwp", bytes, probe))
      : await crypto.decrypt(algorithm, "aes-gcm", bytes, await tokens.encrypt(uri, null, probe, noAad), noAad)
  if (opened === null || !crypto.equalBytes(opened.bytes, probe)) throw otherKey()
}

function otherKey(): VaultError {
  return new VaultError("TOKEN_ERROR", "the key that it has now is not the one that it was given")
}
