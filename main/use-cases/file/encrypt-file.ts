import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"
import type { FileCrypto, FileRecipient } from "../../domain/file-crypto.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { logSeal, logUse, requireSealLeft } from "../key-use/log-use.ts"
import { sealUnderVersion } from "../key-use/seal-under-key.ts"
import { type KeyWork, mechanismFor, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { usableVersion } from "../policy/require-policy.ts"

export interface FileParts extends TokenUseParts {
  readonly files: FileCrypto
}

interface KeyOfFile {
  readonly key: Key
  readonly version: KeyVersion
  /** `null` where the file is encrypted to its public half. */
  readonly mechanism: Mechanism | null
}

/**
 * Encrypts a file of any size in the age format: for recipients, for keys of the vault, or under a passphrase.
 * @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `ALREADY_EXISTS`, `INVALID_INPUT`, `IO_ERROR`
 */
export function encryptFile(parts: FileParts) {
  return async (input: InputOf<"file.encrypt">): Promise<OutputOf<"file.encrypt">> => {
    const { recipients, keys: named, filePassphrase, isArmored, pin: pinBytes, ...work } = input
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    using pin = pinBytes === undefined ? null : new Secret(pinBytes)
    const keyWork = workOf(parts, pin)
    const { vault } = keyWork
    const keys = named.map(({ name, version }): KeyOfFile => {
      const key = findKey(vault, name)
      const usable = usableVersion(vault, key, ["encrypt"], version)
      const isRecipient = key.algorithm === "x25519" && usable.publicKey !== null
      const mechanism = isRecipient ? null : mechanismFor(keyWork.crypto, key, usable, "encrypt")
      if (mechanism !== null) requireSealLeft(vault, key, { version: usable.version, mechanism })
      return { key, version: usable, mechanism }
    })
    const all: readonly FileRecipient[] = [
      ...recipients.map((text) => ({ kind: "recipient", text }) as const),
      ...keys.map((each) => recipientOf(keyWork, each)),
      ...(passphrase === null ? [] : [{ kind: "passphrase", passphrase } as const]),
    ]
    if (all.length === 0) throw new VaultError("INVALID_INPUT", "recipients: whom the file is for is missing")
    await parts.files.encryptFile(work, all, isArmored)
    record(vault, keys, all.length - keys.length)
    return {
      path: work.output,
      keys: keys.map(({ key, version }) => ({ name: key.name, keyId: key.id, keyVersion: version.version })),
    }
  }
}

function recipientOf(work: KeyWork, { key, version, mechanism }: KeyOfFile): FileRecipient {
  if (mechanism === null && version.publicKey !== null) return { kind: "public-key", publicKey: version.publicKey }
  if (mechanism === null) throw new Error("only a public half is without a mechanism")
  return {
    kind: "vault-key",
    place: { keyId: key.id, version: version.version },
    seal: async (fileKey) => (await sealUnderVersion(work, key, version, mechanism, fileKey.bytes)).sealed,
  }
}

/** A row for each key; without any, one that says for how many others. */
function record(vault: OpenVault, keys: readonly KeyOfFile[], others: number): void {
  for (const { key, version, mechanism } of keys) {
    if (mechanism === null) logUse(vault, key, "file.encrypt", { version: version.version, others })
    else logSeal(vault, key, "file.encrypt", { version: version.version, mechanism }, { others })
  }
  if (keys.length > 0) return
  vault.journal.record(() => ({
    entry: { action: "file.encrypt", target: null, detail: { others } },
    result: undefined,
  }))
}
