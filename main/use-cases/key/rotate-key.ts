import type { InputOf } from "../../../preload/contract/index.ts"
import type { KeyObject } from "../../../preload/contract/key-object.ts"
import { later } from "../../domain/cryptoperiod.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Session } from "../../domain/session.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { changeKey } from "./change-key.ts"
import { findKey } from "./find-key.ts"
import { timeOf } from "./key-object.ts"
import { newVersion } from "./new-version.ts"

/**
 * Gives a key a new version that does the work from now on; the old one only decrypts and verifies, until it is
 * trimmed or its grace ends. @throws `NOT_FOUND`, `STATE_DENIED`
 */
export function rotateKey(session: Session<OpenVault>, crypto: KeyCrypto) {
  return async ({ name, reason, grace }: InputOf<"key.rotate">): Promise<KeyObject> => {
    const vault = session.current()
    const { algorithm } = requireActive(findKey(vault, name))
    using material = await crypto.generateMaterial(algorithm)
    const detail = { ...(reason === undefined ? {} : { reason }), ...(grace === undefined ? {} : { grace }) }
    const next = (before: Key): Key => {
      const now = timeOf(vault)
      const number = newestVersion(requireActive(before)) + 1
      const version = newVersion(crypto, algorithm, material, { number, state: "active", now })
      return rotated(before, version, now, grace === undefined ? null : later(now, grace))
    }
    return changeKey(vault, { name, action: "key.rotate", detail }, next, ({ id, currentVersion, keyringId }) =>
      vault.materials.put({ keyId: id, version: currentVersion, algorithm, keyringId }, material),
    )
  }
}

function requireActive(key: Key): Key {
  if (key.state !== "active")
    throw new VaultError("STATE_DENIED", `${key.name} is ${key.state}; only an active key rotates`)
  return key
}

function newestVersion(key: Key): number {
  return Math.max(...key.versions.map(({ version }) => version))
}

function rotated(key: Key, version: KeyVersion, now: string, decryptOnlyUntil: string | null): Key {
  const superseded = key.versions.map((each) =>
    each.state === "active" || each.state === "suspended"
      ? { ...each, state: "deactivated" as const, decryptOnlyUntil }
      : each,
  )
  return {
    ...key,
    currentVersion: version.version,
    nextRotationAt: key.rotateEvery === null ? null : later(now, key.rotateEvery),
    versions: [...superseded, version],
  }
}
