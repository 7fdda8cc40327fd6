import type { AskedFor } from "./key-proposal.ts"

interface Job {
  readonly name: string
  readonly says: string
  readonly proposal: AskedFor
  readonly because: string
}

/** What people want keys for, and what we would take. Every part can be changed. */
export const jobs: readonly Job[] = [
  {
    name: "Sign releases",
    says: "Programs, documents, messages",
    proposal: { algorithm: "ed25519", purpose: "signature", rotateEvery: "1y", exportable: "never" },
    because: "Ed25519 is fast, small and hard to misuse. It stays here; signing happens in the vault.",
  },
  {
    name: "Encrypt backups",
    says: "Files and data, symmetric",
    proposal: { algorithm: "aes-256", purpose: "encryption", rotateEvery: "90d", exportable: "never" },
    because: "AES-256 also withstands quantum computers. A new version every 90 days keeps each one's share small.",
  },
  {
    name: "Log in over SSH",
    says: "Servers, git",
    proposal: { algorithm: "ed25519", purpose: "ssh", rotateEvery: "1y", exportable: "wrapped" },
    because: "Every current server takes Ed25519. It may leave encrypted, for machines that need the file.",
  },
  {
    name: "Protect other keys",
    says: "Envelope encryption of data keys",
    proposal: { algorithm: "aes-256", purpose: "key-wrapping", rotateEvery: "1y", exportable: "never" },
    because: "It wraps small data keys only, so that a year is short enough; rotating it does not touch the data.",
  },
  {
    name: "Root CA",
    says: "Certificates of one's own",
    proposal: { algorithm: "ec-p384", purpose: "certificate-authority", rotateEvery: "5y", exportable: "wrapped" },
    because: "P-384 is taken by every TLS library, and lasts for years. Keep a wrapped copy in another place.",
  },
  {
    name: "API secret",
    says: "A token or password, made here",
    proposal: { algorithm: "secret", purpose: "secret", rotateEvery: "90d", exportable: "yes" },
    because: "A secret is there to be read: copy it when it is needed, and change it four times a year.",
  },
]
