import type { QuantumExposure } from "../../preload/contract/report.ts"
import type { Algorithm, Purpose } from "../../preload/contract/values.ts"
import { algorithmFacts } from "./algorithm-facts.ts"

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

function whyNot(algorithm: Algorithm): string {
  if (algorithm === "secret") return "it is text, not an algorithm"
  if (algorithm.startsWith("ml-") || algorithm.startsWith("slh-")) return "it was made for this"
  return "Grover's algorithm halves the security in theory; NIST counts on AES-128 and longer (category 1 and up)"
}
