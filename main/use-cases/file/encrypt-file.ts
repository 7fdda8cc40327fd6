import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { FileCrypto, FileRecipient } from "../../domain/file-crypto.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import { versionForUse } from "../../domain/key-use.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { timeOf } from "../key/key-object.ts"
import { logUse, type UseParts } from "../key-use/log-use.ts"
import { sealUnderVersion } from "../key-use/seal-under-key.ts"

export interface FileParts extends UseParts {
  readonly files: FileCrypto
}

interface KeyOfFile {
  readonly key: Key
  readonly version: KeyVersion
}

/**
 * Encrypts a file of any size in the age format: for recipients, for keys of the vault, or under a passphrase.
 * @throws `NOT_FOUND`, `POLICY_DENIED`, `STATE_DENIED`, `ALREADY_EXISTS`, `INVALID_INPUT`, `IO_ERROR`
 */
export function encryptFile({ session, crypto, files }: FileParts) {
  return async (input: InputOf<"file.encrypt">): Promise<OutputOf<"file.encrypt">> => {
    const { recipients, keys: named, filePassphrase, isArmored, ...work } = input
    using passphrase = filePassphrase === undefined ? null : new Secret(filePassphrase)
    const vault = session.current()
    const keys = named.map(({ name, version }): KeyOfFile => {
      const key = findKey(vault, name)
      return { key, version: versionForUse(key, ["encrypt"], timeOf(vault), version) }
    })
    const all: readonly FileRecipient[] = [
      ...recipients.map((text) => ({ kind: "recipient", text }) as const),
      ...keys.map((each) => recipientOf(vault, crypto, each)),
      ...(passphrase === null ? [] : [{ kind: "passphrase", passphrase } as const]),
    ]
    if (all.length === 0) throw new VaultError("INVALID_INPUT", "recipients: whom the file is for is missing")
    await files.encryptFile(work, all, isArmored)
    record(vault, keys, all.length - keys.length)
    return {
      path: work.output,
      keys: keys.map(({ key, version }) => ({ name: key.name, keyId: key.id, keyVersion: version.version })),
    }
  }
}

function recipientOf(vault: OpenVault, crypto: KeyCrypto, { key, version }: KeyOfFile): FileRecipient {
  if (key.algorithm === "x25519" && version.publicKey !== null) {
    return { kind: "public-key", publicKey: version.publicKey }
  }
  const mechanism = crypto.chosenMechanism(key.algorithm, "encrypt")
  return {
    kind: "vault-key",
    place: { keyId: key.id, version: version.version },
    seal: (fileKey) => sealUnderVersion(vault, crypto, key, version, mechanism, fileKey.bytes),
  }
}

/** A row for each key; without any, one that says for how many others. */
function record(vault: OpenVault, keys: readonly KeyOfFile[], others: number): void {
  for (const { key, version } of keys) logUse(vault, key, "file.encrypt", { version: version.version, others })
  if (keys.length > 0) return
  vault.journal.record(() => ({
    entry: { action: "file.encrypt", target: null, detail: { others } },
    result: undefined,
  }))
}
