import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { FollowWork, LongWork } from "../../domain/long-work.ts"
import { step } from "../../domain/long-work.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { LoggedDataKey, RegisteredDataKey } from "../../domain/rotation-register.ts"
import { Secret } from "../../domain/secret.ts"
import type { Session } from "../../domain/session.ts"
import { mostSealsInOneRow } from "../../domain/use-limit.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { requireTokenOf } from "../key-use/ciphertext-token.ts"
import { logSeal } from "../key-use/log-use.ts"
import { openUnderKey, type SealedToken, sealUnderKey } from "../key-use/seal-under-key.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { wrapping } from "../key-use/wrap-key.ts"

/** Versions are counted from 1. */
const noVersion = 0
const unwrapping = ["unwrap", "decrypt"] as const
/** Leaves a wrapped data key here, to move with the key that wraps it. @throws `NOT_FOUND`, `INVALID_INPUT`, `STATE_DENIED` when its version is destroyed, `ALREADY_EXISTS` */
export function registerDataKey(session: Session<OpenVault>) {
  return ({ name, label, wrapped }: InputOf<"key.register-datakey">): OutputOf<"key.register-datakey"> => {
    const vault = session.current()
    const key = findKey(vault, name)
    const { version } = requireTokenOf(wrapped, key.id, key.name)
    // It could never move, and would keep the others from it.
    if (versionOf(key, version).state === "destroyed")
      throw new VaultError("STATE_DENIED", `version ${version} of ${key.name} is destroyed`)
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

/** The application keeps it itself from now on, or has done with it. @throws `NOT_FOUND` */
export function forgetDataKey(session: Session<OpenVault>) {
  return ({ name, label }: InputOf<"key.forget-datakey">): OutputOf<"key.forget-datakey"> => {
    const vault = session.current()
    const { id, name: target } = findKey(vault, name)
    return vault.journal.record(() => {
      vault.dataKeys.remove(id, label)
      const detail = { forgotten: label }
      return {
        entry: { action: "key.forget-datakey", target, usedKeyId: id, detail },
        result: { keyId: id, label },
      }
    })
  }
}

/**
 * Moves the data keys that the vault knows to the current version of their key. What is moved stays moved, however it ends: it can be done again
 * until none is left. None of them leaves memory in the clear.
 * @throws `NOT_FOUND`, `STATE_DENIED`, `POLICY_DENIED`, `INTEGRITY_FAILED` naming the one that does not open, `CANCELLED`
 */
export function rewrapDataKeys(parts: TokenUseParts, follow: FollowWork) {
  return async ({ name, pin }: InputOf<"rotation.rewrap">): Promise<OutputOf<"rotation.rewrap">> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const work = workOf(parts, secretPin)
    const key = findKey(work.vault, name)
    return { rewrapped: await follow("rotation.rewrap", (longWork) => rewrapAll(work, key.id, longWork)) }
  }
}

async function rewrapAll(work: KeyWork, id: string, longWork: LongWork): Promise<number> {
  const { vault } = work
  for (let done = 0; ; ) {
    // Other work goes on meanwhile: the key may have another version by now.
    const key = findKey(vault, id)
    step(longWork, done, done + vault.dataKeys.countUnder(id, key.currentVersion))
    const batch = vault.dataKeys.under(id, key.currentVersion, mostSealsInOneRow)
    if (batch.length === 0) return done
    done += await rewrapBatch(work, key, batch)
  }
}

/** What was forgotten or replaced meanwhile is its application's to care for. @returns how many moved */
async function rewrapBatch(work: KeyWork, key: Key, batch: readonly RegisteredDataKey[]): Promise<number> {
  const { vault } = work
  const moved: { readonly dataKey: RegisteredDataKey; readonly sealed: SealedToken }[] = []
  for (const dataKey of batch) moved.push({ dataKey, sealed: await rewrapped(work, key, dataKey) })
  const [first] = moved
  if (first === undefined) return 0
  let dataKeys: LoggedDataKey[] = []
  const alongside = () => {
    dataKeys = moved.flatMap(
      ({ dataKey, sealed: { token: wrapped, version } }) => vault.dataKeys.replace(dataKey, { version, wrapped }) ?? [],
    )
    return { dataKeys }
  }
  logSeal(vault, key, "rotation.rewrap", first.sealed, {}, { count: moved.length, alongside })
  return dataKeys.length
}

async function rewrapped(
  work: KeyWork,
  key: Key,
  { label, version, wrapped }: RegisteredDataKey,
): Promise<SealedToken> {
  const { sealed } = requireTokenOf(Buffer.from(wrapped), key.id, key.name)
  try {
    using dataKey = await openUnderKey(work, key, sealed, { usages: unwrapping, version, reason: "rewrap" })
    return await sealUnderKey(work, key, dataKey.bytes, { usages: wrapping })
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    throw new VaultError(error.code, `the data key ${label}: ${error.detail ?? error.code}`, { cause: error })
  }
}
