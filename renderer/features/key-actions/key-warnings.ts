import type { KeyAlgorithm } from "../../../preload/contract/values.ts"
import type { AskedFor } from "./key-proposal.ts"

/** Broken by a large quantum computer, whatever their size. */
const quantumExposed: readonly KeyAlgorithm[] = ["ed25519", "ec-p256", "ec-p384", "rsa-3072", "rsa-4096", "rsa-2048"]

/** The last year without such a computer, where no policy says otherwise (NIST IR 8547). */
const quantumYear = 2035

/**
 * What to know of weak and exposed choices before the key is made.
 * @param protectFor - in whole years, as `10y`; empty where nobody says
 */
export function warningsFor(asked: AskedFor, protectFor: string, now = new Date()): readonly string[] {
  const { algorithm, exportable, rotateEvery } = asked
  const found: (string | null)[] = [
    algorithm === "rsa-2048"
      ? "RSA 2048 is to be left behind by 2030. Take it only where nothing else is accepted."
      : null,
    algorithm === "aes-128"
      ? "Of AES-128 a quantum computer would leave too little. AES-256 costs nothing more."
      : null,
    exposureOf(asked, protectFor, now),
    exportable === "yes" && algorithm !== "secret"
      ? "A key that may leave in the clear is only as safe as every copy of it."
      : null,
    rotateEvery === "" ? "Without a planned rotation, nobody is reminded, and a leak stays useful for ever." : null,
  ]
  return found.filter((warning) => warning !== null)
}

function exposureOf({ algorithm, purpose }: AskedFor, protectFor: string, now: Date): string | null {
  if (!quantumExposed.includes(algorithm)) return null
  const until = now.getUTCFullYear() + Number.parseInt(protectFor || "0", 10)
  if (protectFor !== "" && until <= quantumYear) return null
  if (protectFor !== "") return tooLongWords(purpose, until)
  switch (purpose) {
    case "certificate-authority":
    case "signature":
      return "A quantum computer could forge its signatures one day. For what must hold beyond 2035, take ML-DSA or SLH-DSA."
    case "encryption":
      return "What is encrypted with it and recorded today, a quantum computer could read one day. AES-256 withstands that."
    default:
      return "A quantum computer could log in with it one day. Plan to replace it by 2035, when what it logs in to takes more."
  }
}

function tooLongWords(purpose: AskedFor["purpose"], until: number): string {
  const instead = purpose === "encryption" ? "AES-256" : "ML-DSA or SLH-DSA"
  return `What it protects now must stay so until ${until}, but a quantum computer is expected to break it after ${quantumYear}: take ${instead}.`
}
