import type { StartHost } from "../../../main/domain/module-host.ts"
import type { TokenClient } from "../../../main/token/token-client.ts"
import type { Mechanism } from "../../../preload/contract/values.ts"

/** One of each size and curve that tokens differ in. RSA-4096 is the same as 3072, and slower. */
export const triedAlgorithms = [
  "rsa-2048",
  "rsa-3072",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
  "ed25519",
  "aes-256",
  "hmac-sha256",
] as const
export type TriedAlgorithm = (typeof triedAlgorithms)[number]

/** What keys do beside signing. */
export const jobs = [
  "aes-256 for encryption",
  "aes-256 for key-wrapping",
  "rsa-2048 for encryption",
  "rsa-2048 for key-wrapping",
  "hmac-sha256 for mac",
  "ec-p256 for key-agreement",
] as const
export type Job = (typeof jobs)[number]

/** What a module is and does, as `docs/tokens.md` has it: the suite asserts each word of it. */
export interface Traits {
  readonly name: string
  /** What Debian calls it, and its version without Debian's own part. */
  readonly package: { readonly name: string; readonly version: string }
  readonly library: { readonly manufacturer: string; readonly version: string; readonly cryptoki: string }
  readonly isHardware: boolean
  readonly makes: readonly TriedAlgorithm[]
  /** How it refuses what it has a mechanism for, and makes no key of all the same. */
  readonly refuses: Readonly<Partial<Record<TriedAlgorithm, RegExp>>>
  readonly untried?: readonly TriedAlgorithm[]
  /** What it does not sign with, though it has keys for it. */
  readonly signsNot: readonly Mechanism[]
  /** Keys that are there from the start, by CKA_ID. */
  readonly has?: readonly { readonly id: number; readonly algorithm: TriedAlgorithm; readonly asksEachTime: boolean }[]
  /** The jobs that keys made in it do. */
  readonly does: readonly Job[]
  /** Whether it says of keys that it made that it did. */
  readonly tellsLocal: boolean
  readonly pin: {
    /** In bytes. */
    readonly longest: number
    /** Wrong PINs in a row that lock the user's; `null`: none does. */
    readonly locksAfter: number | null
    /** What its flags say after one wrong PIN. */
    readonly afterOne: "set" | "count-low" | "final-try"
  }
  /** How it refuses to be set up by us, to whom its SO PIN is not known; `null`: it was set up so. */
  readonly refusesSetUp: { readonly code: "INVALID_INPUT" | "TOKEN_ERROR"; readonly how: RegExp } | null
  /** Whether there is something behind the library that can hang. */
  readonly hangs: boolean
  /** How it tells that what is behind it is gone. */
  readonly away: {
    readonly code: "TOKEN_ABSENT" | "TOKEN_ERROR"
    readonly how: RegExp
    /** Whether a process that runs already sees it; else the next. */
    readonly isSeenAtOnce: boolean
    /** Whether it shows the token no more then. */
    readonly isMissed: boolean
  }
}

/** A curve where there is one: it is quicker. */
export function signingAlgorithmOf({ makes }: Traits): TriedAlgorithm | undefined {
  return makes.find((made) => made.startsWith("ec-")) ?? makes.find((made) => made.startsWith("rsa-"))
}

export const userPin = "246813"

/** A module that is set up, with one token in it, or room for one. */
export interface OpenModule extends Disposable {
  /** Where its library lies. */
  readonly library: string
  readonly parameters: string | null
  readonly startHost: StartHost
  /** For what the test writes. */
  readonly folder: string
  /** Of the token, once it is ready. */
  readonly uri: string
  /** Makes the token ready, with `userPin`: by the client where the module allows it. */
  makeReady(client: TokenClient): Promise<void>
  /** Of a user's PIN that is locked, which is `userPin` then. */
  unlock(client: TokenClient): Promise<void>
  /** What is behind the library answers no more, and is still there. `null`: there is nothing behind it that could. */
  readonly freeze: (() => void) | null
  thaw(): void
  /** Also while it is frozen. */
  takeAway(): Promise<void>
  bringBack(): Promise<void>
}

export interface ModuleUnderTest {
  readonly traits: Traits
  /** Why it can't be set up on this machine; `null`: it can. */
  reasonAgainst(): string | null
  open(): Promise<OpenModule>
}
