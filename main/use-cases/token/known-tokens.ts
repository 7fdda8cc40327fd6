import type { TokenHealth } from "../../../preload/contract/token-health.ts"
import type { Token } from "../../../preload/contract/token-object.ts"
import type { Key, KeyVersion } from "../../domain/key.ts"
import { tokenUriOf } from "../../domain/key-location.ts"
import { versionOf } from "../../domain/key-state.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import {
  formatTokenUri,
  isSameToken,
  meansToken,
  parseTokenUri,
  type TokenUri,
  tokenPartOf,
} from "../../domain/token-uri.ts"

/** A key in a token that holds a keyring or opens a keyslot, and which. */
export interface Holder {
  readonly id: string
  readonly name: string
  readonly uri: TokenUri
}

/** A version of a key that is not its current one, whose material was not destroyed. */
export interface OlderVersion {
  readonly key: Key
  readonly version: KeyVersion
}

/** The tokens that a vault knows: keys of it are in them, they hold a keyring, they open it, or they were checked before. */
export class KnownTokens {
  readonly #vault: OpenVault
  readonly #reports: readonly TokenHealth[]
  /** URIs of tokens, and the names of the keys that have a version in each. */
  readonly #keyNames = new Map<string, Set<string>>()
  /** Keys in tokens that hold keyrings. */
  readonly #holders: readonly Holder[]
  /** Keys in tokens that open keyslots. */
  readonly #openers: readonly Holder[]

  constructor(vault: OpenVault) {
    this.#vault = vault
    this.#reports = vault.tokenHealth.newest()
    this.#holders = vault.keyrings
      .list()
      .flatMap(({ id, name, tokens }) => tokens.map(({ uri }) => ({ id, name, uri: parseTokenUri(uri) })))
    this.#openers = vault.tokenSlots.list().map(({ uri, ...slot }) => ({ ...slot, uri: parseTokenUri(uri) }))
    for (const { name, location } of vault.keys.inTokens()) {
      const token = formatTokenUri(tokenPartOf(parseTokenUri(location)))
      this.#keyNames.set(token, (this.#keyNames.get(token) ?? new Set()).add(name))
    }
  }

  get isNone(): boolean {
    return this.#reports.length === 0 && this.#places().length === 0
  }

  /** What a token is called in the vault: by the last check of it, and by the places of keys in it that have a job for the vault. */
  namesOf(uri: string): string[] {
    const last = this.lastOf(uri)
    const places = this.#places().filter((place) => isSame(place, uri))
    return [...(last === null ? [] : [last.uri]), ...places]
  }

  lastOf(uri: string): TokenHealth | null {
    return this.#reports.find((report) => isSame(report.uri, uri)) ?? null
  }

  meantBy(uri: TokenUri): string[] {
    const all = new Set([...this.#places(), ...this.#reports.map((report) => report.uri)])
    return [...all].filter((token) => meansToken(uri, parseTokenUri(token)))
  }

  /** The tokens with keys of the vault, but for those that are there. */
  withKeysBut(tokens: readonly Token[]): string[] {
    return [...this.#keyNames.keys()].filter((place) => !tokens.some(({ uri }) => isSame(place, uri)))
  }

  /** Names of the keys that have a version in a token, in their order. */
  keyNamesIn(uri: string): string[] {
    const names = [...this.#keyNames].flatMap(([place, keys]) => (isSame(place, uri) ? [...keys] : []))
    return [...new Set(names)].toSorted((one, other) => one.localeCompare(other))
  }

  keyringsHeldBy(uri: string): Holder[] {
    return this.#holders.filter((holder) => isSameToken(holder.uri, parseTokenUri(uri)))
  }

  keyslotsOpenedBy(uri: string): Holder[] {
    return this.#openers.filter((opener) => isSameToken(opener.uri, parseTokenUri(uri)))
  }

  /** URIs of the tokens that something of the vault is in. */
  #places(): string[] {
    return [
      ...this.#keyNames.keys(),
      ...[...this.#holders, ...this.#openers].map(({ uri }) => formatTokenUri(tokenPartOf(uri))),
    ]
  }

  /** The keys whose current version is in a token. */
  keysIn(uri: string): Key[] {
    return this.#keysWithVersionIn(uri).filter((key) => isIn(versionOf(key, key.currentVersion), uri))
  }

  /** The newest first. */
  olderVersionsIn(uri: string): OlderVersion[] {
    const older = this.#keysWithVersionIn(uri).flatMap((key) =>
      key.versions
        .filter(({ version, state }) => version !== key.currentVersion && state !== "destroyed")
        .filter((version) => isIn(version, uri))
        .map((version) => ({ key, version })),
    )
    return older.toSorted((one, other) => other.version.createdAt.localeCompare(one.version.createdAt))
  }

  #keysWithVersionIn(uri: string): Key[] {
    return this.keyNamesIn(uri).flatMap((name) => this.#vault.keys.find(name) ?? [])
  }
}

function isIn(version: KeyVersion, uri: string): boolean {
  const place = tokenUriOf(version)
  return place !== null && isSameToken(place, parseTokenUri(uri))
}

function isSame(one: string, other: string): boolean {
  return isSameToken(parseTokenUri(one), parseTokenUri(other))
}
