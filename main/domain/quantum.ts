import type { QuantumExposure, QuantumOutlook } from "../../preload/contract/report.ts"
import type { Algorithm, Duration, Purpose } from "../../preload/contract/values.ts"
import { algorithmFacts } from "./algorithm-facts.ts"
import { later } from "./cryptoperiod.ts"

export interface QuantumStanding {
  readonly exposure: QuantumExposure
  readonly reason: string
  /** Of the algorithms here, the first choice first. */
  readonly moveTo: readonly Algorithm[]
}

/**
 * Whether its security rests on factoring or on discrete logarithms, which Shor's algorithm solves (NIST IR 8547, section 2): of these
 * alone no post-quantum security is left.
 */
function isBrokenByShor(algorithm: Algorithm): boolean {
  return algorithmFacts[algorithm].category === 0
}

const confidential: readonly Purpose[] = ["encryption", "key-wrapping", "key-agreement"]

/** How a key stands to a quantum computer, and what does its job then. */
export function quantumStanding(algorithm: Algorithm, purpose: Purpose): QuantumStanding {
  if (purpose === "wallet") {
    return {
      exposure: "forged-later",
      reason:
        "the coins are moved by ECDSA or Ed25519 signatures; what the chain accepts instead is for the chain to say",
      moveTo: [],
    }
  }
  if (!isBrokenByShor(algorithm)) return { exposure: "none", reason: whyNot(algorithm), moveTo: [] }
  if (confidential.includes(purpose)) {
    return {
      exposure: "recorded-now-read-later",
      reason: "what is encrypted today can be recorded, and read once there is such a computer",
      moveTo: ["ml-kem-768", "ml-kem-1024"],
    }
  }
  return {
    exposure: "forged-later",
    reason: "signatures can be forged once there is such a computer",
    moveTo: purpose === "certificate-authority" ? ["slh-dsa-sha2-256s", "ml-dsa-87"] : replacementsFor(purpose),
  }
}

/** OpenSSH has no post-quantum signatures yet. */
function replacementsFor(purpose: Purpose): readonly Algorithm[] {
  return purpose === "ssh" ? [] : ["ml-dsa-65", "ml-dsa-87"]
}

/** Where the years of the profiles come from. */
export const quantumSource =
  "NIST IR 8547: what a quantum computer breaks is deprecated after 2030, and disallowed after 2035"

/**
 * Whether what is protected now is still to be protected when there is such a computer.
 * @param protectFor - how long; `null` where nobody says
 * @param quantumYear - the last one without it
 */
export function outlookFor(
  protectFor: Duration | null,
  now: string,
  quantumYear: number,
): { readonly outlook: QuantumOutlook; readonly protectedUntil: string | null } {
  if (protectFor === null) return { outlook: "unsaid", protectedUntil: null }
  const protectedUntil = later(now, protectFor)
  return { outlook: Number(protectedUntil.slice(0, 4)) > quantumYear ? "too-long" : "in-time", protectedUntil }
}

function whyNot(algorithm: Algorithm): string {
  if (algorithm === "secret") return "it is text, not an algorithm"
  if (algorithm.startsWith("ml-") || algorithm.startsWith("slh-")) return "it was made for this"
  return "Grover's algorithm halves the security in theory; NIST counts on AES-128 and longer (category 1 and up)"
}
