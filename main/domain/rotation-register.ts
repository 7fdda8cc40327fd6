import type { RotationState } from "../../preload/contract/rotation.ts"

/** The rotations that go on: at most one of each key. What changes here is in the row of the log that goes with it. */
export interface RotationRegister {
  find(keyId: string): RotationState | null
  /** In the order in which they were started. */
  list(): readonly RotationState[]
  /** Which keys have one, not compared with the log: for what tells of many. */
  keyIds(): ReadonlySet<string>
  put(rotation: RotationState): void
  remove(keyId: string): void
}

/** A data key that an application left here, wrapped, so that it moves to the new version when its key rotates. */
export interface RegisteredDataKey {
  readonly keyId: string
  /** What the application calls it; one of its key's own. */
  readonly label: string
  /** The version that wraps it. */
  readonly version: number
  /** A token, `claviger:1:KEYID:VERSION:BASE64URL`. */
  readonly wrapped: string
}

export interface LoggedDataKey {
  readonly label: string
  /** Over the wrapped key's text, hexadecimal. */
  readonly sha256: string
  readonly [member: string]: string
}

/** Data keys, wrapped: whoever reads this can open none of them. */
export interface DataKeyRegister {
  /** @returns what the row of the log is to say of it @throws `ALREADY_EXISTS` */
  add(dataKey: RegisteredDataKey): LoggedDataKey
  /** @throws `NOT_FOUND` */
  find(keyId: string, label: string): RegisteredDataKey
  /** In the order of their labels, after one. */
  list(keyId: string, limit: number, after?: string): readonly RegisteredDataKey[]
  /** Those that another version wraps. */
  under(keyId: string, otherThan: number, limit: number): readonly RegisteredDataKey[]
  countUnder(keyId: string, otherThan: number): number
  /** Those that one of these versions wraps. */
  countOf(keyId: string, versions: readonly number[]): number
  /** Puts another wrapping of the same data key in the place of one. @returns as `add`; `null` when that one is not there any more */
  replace(before: RegisteredDataKey, after: Pick<RegisteredDataKey, "version" | "wrapped">): LoggedDataKey | null
  /** @throws `NOT_FOUND` */
  remove(keyId: string, label: string): void
}
