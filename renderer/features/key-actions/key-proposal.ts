import type { KeyAlgorithm, Purpose } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"

type Generate = RequestFor<"key.generate">

export interface AskedFor {
  readonly algorithm: KeyAlgorithm
  readonly purpose: Purpose
  readonly rotateEvery: string
  readonly exportable: NonNullable<Generate["exportable"]>
  readonly location: "vault" | "token"
}

/** A sentence for each part of a proposal. */
export type Reasons = Readonly<Record<"algorithm" | "location" | "rotateEvery" | "exportable", string>>

type Choices<Value extends string> = readonly { readonly value: Value; readonly label: string; readonly says: string }[]

const symmetric: Choices<KeyAlgorithm> = [
  { value: "aes-256", label: "AES-256", says: "The standard; withstands quantum computers." },
  {
    value: "chacha20-poly1305",
    label: "ChaCha20-Poly1305",
    says: "As strong as AES-256, and fast where a processor has no AES of its own.",
  },
  { value: "aes-128", label: "AES-128", says: "Strong today; only where 256 bits are not taken." },
]
const rsa3072 = { value: "rsa-3072", label: "RSA 3072", says: "For old programs; large and slow." } as const
const signing: Choices<KeyAlgorithm> = [
  { value: "ed25519", label: "Ed25519", says: "Fast, small and hard to misuse." },
  { value: "ec-p256", label: "EC P-256", says: "Taken by every TLS library, token and browser." },
  { value: "ec-p384", label: "EC P-384", says: "As P-256, with a margin for long lives." },
  rsa3072,
  { value: "rsa-4096", label: "RSA 4096", says: "As RSA 3072, larger and slower." },
  { value: "rsa-2048", label: "RSA 2048", says: "Only where nothing else is accepted." },
]
const postQuantum: Choices<KeyAlgorithm> = [
  {
    value: "ml-dsa-65",
    label: "ML-DSA-65 (post-quantum)",
    says: "Withstands quantum computers; signatures of 3 KB, taken by new tools only.",
  },
  {
    value: "slh-dsa-sha2-128s",
    label: "SLH-DSA-SHA2-128s (post-quantum)",
    says: "Stands on hash functions alone; slow, with signatures of 8 KB.",
  },
]

/** The algorithms that do a purpose's job; the best one first. */
export function algorithmsFor(purpose: Purpose): Choices<KeyAlgorithm> {
  switch (purpose) {
    case "encryption":
      return [...symmetric, rsa3072]
    case "key-wrapping":
      return symmetric.slice(0, 1)
    case "secret":
      return [{ value: "secret", label: "Secret text", says: "43 random characters." }]
    case "ssh":
      return signing
    default:
      return [...signing, ...postQuantum]
  }
}

export const periods: Choices<string> = [
  { value: "", label: "Not planned", says: "It serves until somebody thinks of it." },
  { value: "30d", label: "Every 30 days", says: "Old versions still decrypt and verify what they made." },
  { value: "90d", label: "Every 90 days", says: "Old versions still decrypt and verify what they made." },
  { value: "1y", label: "Every year", says: "Old versions still decrypt and verify what they made." },
  { value: "2y", label: "Every 2 years", says: "Old versions still decrypt and verify what they made." },
  { value: "5y", label: "Every 5 years", says: "Old versions still decrypt and verify what they made." },
]

export const exportChoices: Choices<AskedFor["exportable"]> = [
  { value: "never", label: "Never", says: "Nobody gets a copy; backups of the vault hold it, encrypted." },
  {
    value: "wrapped",
    label: "Encrypted only",
    says: "For recipients, or under a passphrase. It can be made stricter later.",
  },
  {
    value: "yes",
    label: "Also in the clear",
    says: "Whoever asks for it here can copy it. It can be made stricter later.",
  },
]

export const locations: Choices<AskedFor["location"]> = [
  {
    value: "vault",
    label: "This vault",
    says: "Encrypted here, in every backup of the vault, and usable without any device.",
  },
  {
    value: "token",
    label: "A token",
    says: "Made in the device and never outside it: no backup has it, and it signs only while plugged in.",
  },
]

/** Keys in tokens sign, and nothing else. */
export function mayBeInToken({ purpose }: AskedFor): boolean {
  return ["signature", "authentication", "ssh", "certificate-authority"].includes(purpose)
}

/** Of a part as it was proposed, why for this job; of another choice, what it is. */
export function reasonsFor(proposal: AskedFor, because: Reasons, asked: AskedFor): Reasons {
  const reason = <Value extends string>(part: keyof Reasons, choices: Choices<Value>) =>
    asked[part] === proposal[part]
      ? because[part]
      : (choices.find(({ value }) => value === asked[part])?.says ?? because[part])
  return {
    algorithm: reason("algorithm", algorithmsFor(asked.purpose)),
    location: reason("location", locations),
    rotateEvery: reason("rotateEvery", periods),
    exportable: reason("exportable", exportChoices),
  }
}
