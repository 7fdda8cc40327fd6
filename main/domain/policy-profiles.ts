import type { LockTimes, PolicyFile, PolicyProfile, UnusualThresholds } from "../../preload/contract/policy-file.ts"
import type { Algorithm, Duration, Exportable, Purpose } from "../../preload/contract/values.ts"

/** What holds in a keyring, with nothing left out; `null` where anything goes. */
export interface Policy {
  readonly profile: PolicyProfile
  readonly algorithms: readonly Algorithm[] | null
  readonly purposes: readonly Purpose[] | null
  /** A purpose that is not named has no end. */
  readonly cryptoperiods: Readonly<Partial<Record<Purpose, Duration>>>
  readonly exportable: Exportable
  readonly location: "anywhere" | "token-only"
  readonly required: NonNullable<PolicyFile["required"]>
  readonly approvals: NonNullable<PolicyFile["approvals"]>
  /** Of keys that were made here, and are in the vault. */
  readonly automaticRotation: boolean
  readonly uses: NonNullable<PolicyFile["uses"]>
  /** Where a key does not say; a purpose that is not named has no answer. */
  readonly protectFor: Readonly<Partial<Record<Purpose, Duration>>>
  readonly quantumYear: number
  readonly unusual: Readonly<UnusualThresholds>
  readonly lock: Readonly<LockTimes>
}

/**
 * The longest originator usage periods of NIST SP 800-57 part 1 rev. 5, table 1. Wallets and secret text are in no row of it:
 * a seed moves with its coins, a password when its issuer says so.
 */
const nistCryptoperiods: Policy["cryptoperiods"] = {
  signature: "3y",
  authentication: "2y",
  encryption: "2y",
  "key-wrapping": "2y",
  mac: "2y",
  "key-agreement": "2y",
  ssh: "2y",
  "certificate-authority": "3y",
}

/** NIST IR 8547, tables 2 and 4: what a quantum computer breaks is deprecated after the one year, disallowed after the other. */
const deprecatedAfter = 2030
const disallowedAfter = 2035

/** SP 800-53, AC-11, with the quarter of an hour that DISA's guides give it. */
const strictLock: Policy["lock"] = {
  afterIdle: 900,
  afterIdleOnSeeds: 900,
  onScreenLock: true,
  onSuspend: true,
  onClose: false,
}

const personal: Policy = {
  profile: "personal",
  algorithms: null,
  purposes: null,
  cryptoperiods: {},
  exportable: "yes",
  location: "anywhere",
  required: [],
  approvals: [],
  automaticRotation: false,
  /** NIST SP 800-38D, section 8.3: 2^32 messages with random nonces under one key. */
  uses: { warnAt: 2 ** 31, stopAt: 2 ** 32 },
  protectFor: {},
  quantumYear: disallowedAfter,
  unusual: { burstUses: 20, burstFactor: 5, oddHourDays: 20, rest: "180d", failures: 10 },
  lock: { afterIdle: 86_400, afterIdleOnSeeds: 86_400, onScreenLock: false, onSuspend: false, onClose: false },
}

const profiles: Readonly<Record<PolicyProfile, Policy>> = {
  personal,
  /** What NIST approves and gives 128 bits of security or more: all that SP 800-57 table 4 allows after 2030. */
  "nist-2030": {
    ...personal,
    profile: "nist-2030",
    algorithms: [
      "aes-128",
      "aes-192",
      "aes-256",
      "hmac-sha256",
      "hmac-sha384",
      "hmac-sha512",
      "rsa-3072",
      "rsa-4096",
      "ec-p256",
      "ec-p384",
      "ec-p521",
      "ed25519",
      "ml-kem-512",
      "ml-kem-768",
      "ml-kem-1024",
      "ml-dsa-44",
      "ml-dsa-65",
      "ml-dsa-87",
      "slh-dsa-sha2-128s",
      "slh-dsa-sha2-256s",
      "secret",
    ],
    cryptoperiods: nistCryptoperiods,
    exportable: "wrapped",
    quantumYear: deprecatedAfter,
    lock: strictLock,
  },
  /** The algorithms of CNSA 2.0 (NSA, September 2022, revised December 2024). */
  "cnsa-2.0": {
    ...personal,
    profile: "cnsa-2.0",
    algorithms: ["aes-256", "hmac-sha384", "hmac-sha512", "ml-kem-1024", "ml-dsa-87", "secret"],
    cryptoperiods: nistCryptoperiods,
    exportable: "wrapped",
    quantumYear: deprecatedAfter,
    lock: strictLock,
  },
}

/** What a stated policy comes to: its own words, and the profile's where it has none. */
export function effectivePolicy(stated: PolicyFile): Policy {
  const profile = profiles[stated.profile]
  return {
    profile: stated.profile,
    algorithms: stated.algorithms ?? profile.algorithms,
    purposes: stated.purposes ?? profile.purposes,
    cryptoperiods: layered(profile.cryptoperiods, stated.cryptoperiods ?? {}),
    exportable: stated.exportable ?? profile.exportable,
    location: stated.location ?? profile.location,
    required: stated.required ?? profile.required,
    approvals: stated.approvals ?? profile.approvals,
    automaticRotation: stated.automaticRotation ?? profile.automaticRotation,
    uses: stated.uses ?? profile.uses,
    protectFor: layered(profile.protectFor, stated.protectFor ?? {}),
    quantumYear: stated.quantumYear ?? profile.quantumYear,
    unusual: unusualUse(profile.unusual, stated.unusual ?? {}),
    lock: lockTimes(profile.lock, stated.lock ?? {}),
  }
}

function layered(
  periods: Policy["cryptoperiods" | "protectFor"],
  stated: NonNullable<PolicyFile["cryptoperiods" | "protectFor"]>,
): Policy["cryptoperiods"] {
  const both: Partial<Record<Purpose, Duration | null>> = { ...periods, ...stated }
  return Object.fromEntries(Object.entries(both).filter(([, period]) => period !== null))
}

function unusualUse(profile: UnusualThresholds, stated: NonNullable<PolicyFile["unusual"]>): UnusualThresholds {
  return {
    burstUses: stated.burstUses ?? profile.burstUses,
    burstFactor: stated.burstFactor ?? profile.burstFactor,
    oddHourDays: stated.oddHourDays ?? profile.oddHourDays,
    rest: stated.rest ?? profile.rest,
    failures: stated.failures ?? profile.failures,
  }
}

function lockTimes(profile: LockTimes, stated: NonNullable<PolicyFile["lock"]>): LockTimes {
  return {
    afterIdle: stated.afterIdle ?? profile.afterIdle,
    afterIdleOnSeeds: stated.afterIdleOnSeeds ?? profile.afterIdleOnSeeds,
    onScreenLock: stated.onScreenLock ?? profile.onScreenLock,
    onSuspend: stated.onSuspend ?? profile.onSuspend,
    onClose: stated.onClose ?? profile.onClose,
  }
}
