import type { FailureCode } from "../../../preload/contract/failure.ts"
import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { Key } from "../../domain/key.ts"
import type { FollowWork, LongWork } from "../../domain/long-work.ts"
import { step } from "../../domain/long-work.ts"
import type { LoggedDataKey, RegisteredDataKey } from "../../domain/rotation-register.ts"
import { Secret } from "../../domain/secret.ts"
import { mostSealsInOneRow } from "../../domain/use-limit.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { findKey } from "../key/find-key.ts"
import { requireTokenOf } from "../key-use/ciphertext-token.ts"
import { logSeal } from "../key-use/log-use.ts"
import { openUnderKey, type SealedToken, sealUnderKey } from "../key-use/seal-under-key.ts"
import { type KeyWork, type TokenUseParts, workOf } from "../key-use/token-use.ts"
import { wrapping } from "../key-use/wrap-key.ts"
import { usableVersion } from "../policy/require-policy.ts"

type Result = OutputOf<"rotation.rewrap">
type Left = NonNullable<Result["left"]>["dataKeys"][number]

const unwrapping = ["unwrap", "decrypt"] as const

/** More are counted, and not named. */
const namedLeft = 100

/** What is wrong with one data key, and says nothing about the others: it does not open, or its version is not there any more. */
const ownFailures: readonly FailureCode[] = ["INTEGRITY_FAILED", "INVALID_INPUT", "NOT_FOUND", "STATE_DENIED"]

/**
 * Moves the data keys that the vault knows to the current version of their key. What is moved stays moved, however it ends: it can be done again
 * until none is left. One that does not open is named, and keeps no other from moving. None of them leaves memory in the clear.
 * @throws `NOT_FOUND`, `STATE_DENIED`, `POLICY_DENIED`, `CANCELLED`, as the token does
 */
export function rewrapDataKeys(parts: TokenUseParts, follow: FollowWork) {
  return async ({ name, pin }: InputOf<"rotation.rewrap">): Promise<Result> => {
    using secretPin = pin === undefined ? null : new Secret(pin)
    const work = workOf(parts, secretPin)
    const key = findKey(work.vault, name)
    const moving = new Moving(work, key.id)
    await follow("rotation.rewrap", (longWork) => moving.all(longWork))
    return moving.ended()
  }
}

/** The data keys of a key on their way to its current version. */
class Moving {
  readonly #work: KeyWork
  readonly #keyId: string
  #moved = 0
  /** What is wrong with each that did not move. */
  readonly #left = new Map<string, Left>()

  constructor(work: KeyWork, keyId: string) {
    this.#work = work
    this.#keyId = keyId
  }

  async all(longWork: LongWork): Promise<void> {
    const { vault } = this.#work
    for (;;) {
      // Other work goes on meanwhile: the key may have another version by now.
      const key = findKey(vault, this.#keyId)
      step(longWork, this.#moved, this.#moved + vault.dataKeys.countUnder(key.id, key.currentVersion))
      const batch = vault.dataKeys
        .under(key.id, key.currentVersion, mostSealsInOneRow + this.#left.size)
        .filter((each) => !this.#left.has(idOf(each)))
      if (batch.length === 0) return
      // Where the key itself may not work, none of them is to blame.
      usableVersion(vault, key, wrapping)
      await this.#batch(key, batch.slice(0, mostSealsInOneRow))
    }
  }

  /** What did not move is in the log as well. */
  ended(): Result {
    const rewrapped = this.#moved
    const left = { count: this.#left.size, dataKeys: [...this.#left.values()].slice(0, namedLeft) }
    if (left.count === 0) return { rewrapped }
    const { vault } = this.#work
    const { id: usedKeyId, name: target } = findKey(vault, this.#keyId)
    const detail = { rewrapped, left: left.count, labels: left.dataKeys.map(({ label }) => label) }
    vault.journal.record(() => ({
      entry: { action: "rotation.rewrap", target, outcome: "failed", usedKeyId, detail },
      result: undefined,
    }))
    return { rewrapped, left }
  }

  /** What was forgotten or replaced meanwhile is its application's to care for. */
  async #batch(key: Key, batch: readonly RegisteredDataKey[]): Promise<void> {
    const { vault } = this.#work
    const moved: { readonly dataKey: RegisteredDataKey; readonly sealed: SealedToken }[] = []
    for (const dataKey of batch) {
      const sealed = await this.#rewrapped(key, dataKey)
      if (sealed !== null) moved.push({ dataKey, sealed })
    }
    const [first] = moved
    if (first === undefined) return
    let dataKeys: LoggedDataKey[] = []
    const alongside = () => {
      dataKeys = moved.flatMap(
        ({ dataKey, sealed: { token: wrapped, version } }) =>
          vault.dataKeys.replace(dataKey, { version, wrapped }) ?? [],
      )
      return { dataKeys }
    }
    logSeal(vault, key, "rotation.rewrap", first.sealed, {}, { count: moved.length, alongside })
    this.#moved += dataKeys.length
  }

  /** `null` where it does not open. */
  async #rewrapped(key: Key, dataKey: RegisteredDataKey): Promise<SealedToken | null> {
    using opened = await this.#opened(key, dataKey)
    return opened === null ? null : await sealUnderKey(this.#work, key, opened.bytes, { usages: wrapping })
  }

  async #opened(key: Key, dataKey: RegisteredDataKey): Promise<Secret | null> {
    const { label, version, wrapped } = dataKey
    try {
      const { sealed } = requireTokenOf(Buffer.from(wrapped), key.id, key.name)
      return await openUnderKey(this.#work, key, sealed, { usages: unwrapping, version, reason: "rewrap" })
    } catch (error) {
      if (!(error instanceof VaultError) || !ownFailures.includes(error.code)) throw error
      this.#left.set(idOf(dataKey), { label, version, why: error.detail ?? error.code })
      return null
    }
  }
}

/** One that is replaced meanwhile is another one. */
function idOf({ label, wrapped }: RegisteredDataKey): string {
  return `${label}\n${wrapped}`
}
