import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { unusable } from "../../domain/waiting-destruction.ts"
import { findKey } from "../key/find-key.ts"
import { requireTokenOf } from "../key-use/ciphertext-token.ts"

/** Versions are counted from 1. */
const noVersion = 0

/** So many are named in one row of the log. */
const mostForgotten = 500

/** Leaves a wrapped data key here, to move with the key that wraps it. @throws `NOT_FOUND`, `INVALID_INPUT`, `STATE_DENIED` when its version is destroyed or waits for that, `ALREADY_EXISTS` */
export function registerDataKey(session: Session<OpenVault>) {
  return ({ name, label, wrapped }: InputOf<"key.register-datakey">): OutputOf<"key.register-datakey"> => {
    const vault = session.current()
    const key = findKey(vault, name)
    const { version } = requireTokenOf(wrapped, key.id, key.name)
    const { state } = versionOf(key, version)
    // It could never move, or would be lost soon.
    if (state === "destroyed" || state === "pending-destruction")
      throw unusable(key, `version ${version} of ${key.name}`, state)
    const dataKey = { keyId: key.id, label, version, wrapped: Buffer.from(wrapped).toString("latin1").trim() }
    return vault.journal.record(() => {
      const detail = { version, dataKeys: [vault.dataKeys.add(dataKey)] }
      return {
        entry: { action: "key.register-datakey", target: key.name, usedKeyId: key.id, detail },
        result: { keyId: key.id, label, version },
      }
    })
  }
}

/** The data keys that the vault knows of a key, wrapped, in the order of their labels. @throws `NOT_FOUND` */
export function listDataKeys(session: Session<OpenVault>) {
  return ({ name, after, limit }: InputOf<"key.datakeys">): OutputOf<"key.datakeys"> => {
    const vault = session.current()
    const { id, currentVersion } = findKey(vault, name)
    const dataKeys = vault.dataKeys.list(id, limit, after)
    return {
      dataKeys: dataKeys.map(({ label, version, wrapped }) => ({ label, version, wrapped })),
      counts: {
        all: vault.dataKeys.countUnder(id, noVersion),
        toRewrap: vault.dataKeys.countUnder(id, currentVersion),
      },
    }
  }
}

/** The application keeps it itself from now on, or has done with it. @throws `NOT_FOUND`, `INVALID_INPUT` */
export function forgetDataKey(session: Session<OpenVault>) {
  return ({ name, label, all }: InputOf<"key.forget-datakey">): OutputOf<"key.forget-datakey"> => {
    if ((label === undefined) !== all) throw new VaultError("INVALID_INPUT", "label: one data key, or all of them")
    const vault = session.current()
    const { id, name: target } = findKey(vault, name)
    if (label !== undefined) {
      forget(vault, id, target, [label])
      return { keyId: id, label, forgotten: 1 }
    }
    for (let forgotten = 0; ; ) {
      const labels = vault.dataKeys.list(id, mostForgotten).map((each) => each.label)
      if (labels.length === 0) return { keyId: id, forgotten }
      forget(vault, id, target, labels)
      forgotten += labels.length
    }
  }
}

function forget(vault: OpenVault, keyId: string, target: string, labels: readonly string[]): void {
  vault.journal.record(() => {
    for (const label of labels) vault.dataKeys.remove(keyId, label)
    const entry = { action: "key.forget-datakey", target, usedKeyId: keyId, detail: { forgotten: [...labels] } }
    return { entry, result: undefined }
  })
}
