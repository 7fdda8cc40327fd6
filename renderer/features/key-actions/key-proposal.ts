import type { KeyAlgorithm, Purpose } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"

type Generate = RequestFor<"key.generate">

export interface AskedFor {
  readonly algorithm: KeyAlgorithm
  readonly purpose: Purpose
  readonly rotateEvery: string
  readonly exportable: NonNullable<Generate["exportable"]>
}

type Choices = readonly { readonly value: KeyAlgorithm; readonly label: string }[]

const symmetric: Choices = [
  { value: "aes-256", label: "AES-256" },
  { value: "chacha20-poly1305", label: "ChaCha20-Poly1305" },
  { value: "aes-128", label: "AES-128" },
]
const signing: Choices = [
  { value: "ed25519", label: "Ed25519" },
  { value: "ec-p256", label: "EC P-256" },
  { value: "ec-p384", label: "EC P-384" },
  { value: "rsa-3072", label: "RSA 3072" },
  { value: "rsa-4096", label: "RSA 4096" },
  { value: "rsa-2048", label: "RSA 2048" },
]
const postQuantum: Choices = [
  { value: "ml-dsa-65", label: "ML-DSA-65 (post-quantum)" },
  { value: "slh-dsa-sha2-128s", label: "SLH-DSA-SHA2-128s (post-quantum)" },
]

/** The algorithms that do a purpose's job; the best one first. */
export function algorithmsFor(purpose: Purpose): Choices {
  switch (purpose) {
    case "encryption":
      return [...symmetric, { value: "rsa-3072", label: "RSA 3072" }]
    case "key-wrapping":
      return symmetric.slice(0, 1)
    case "secret":
      return [{ value: "secret", label: "Secret text" }]
    case "ssh":
      return signing
    default:
      return [...signing, ...postQuantum]
  }
}

const quantumExposed: readonly KeyAlgorithm[] = ["ed25519", "ec-p256", "ec-p384", "rsa-3072", "rsa-4096", "rsa-2048"]

/** What to know before choosing it; `null` when there is nothing to warn of. */
export function warningFor({ algorithm, purpose, exportable }: AskedFor): string | null {
  if (algorithm === "rsa-2048")
    return "RSA 2048 is to be left behind by 2030. Take it only where nothing else is accepted."
  if (exportable === "yes" && algorithm !== "secret")
    return "A key that may leave in the clear is only as safe as every copy of it."
  if (quantumExposed.includes(algorithm) && (purpose === "certificate-authority" || purpose === "signature")) {
    return "A quantum computer could forge its signatures one day. For what must hold beyond 2035, take ML-DSA or SLH-DSA."
  }
  return null
}

export const periods = [
  { value: "", label: "Not planned" },
  { value: "30d", label: "Every 30 days" },
  { value: "90d", label: "Every 90 days" },
  { value: "1y", label: "Every year" },
  { value: "2y", label: "Every 2 years" },
  { value: "5y", label: "Every 5 years" },
]

export const exportChoices = [
  { value: "never", label: "Never" },
  { value: "wrapped", label: "Encrypted only" },
  { value: "yes", label: "Also in the clear" },
]
