import type { AskedFor, Reasons } from "./key-proposal.ts"

export interface Job {
  readonly name: string
  readonly says: string
  readonly proposal: AskedFor
  /** Why each part is proposed. */
  readonly because: Reasons
}

const inThisVault = "Encrypted here, in every backup of the vault, and usable without any device."

/** What people want keys for, and what we would take. Every part can be changed. */
export const jobs: readonly Job[] = [
  {
    name: "Sign releases",
    says: "Programs, documents, messages",
    proposal: { algorithm: "ed25519", purpose: "signature", rotateEvery: "1y", exportable: "never", location: "vault" },
    because: {
      algorithm: "Fast, small, hard to misuse, and verified by every current tool.",
      location: inThisVault,
      rotateEvery: "What leaks signs for a year at most; signatures made before stay valid.",
      exportable: "Signing happens in the vault: no copy ever has to leave it.",
    },
  },
  {
    name: "Encrypt backups",
    says: "Files and data, symmetric",
    proposal: {
      algorithm: "aes-256",
      purpose: "encryption",
      rotateEvery: "90d",
      exportable: "never",
      location: "vault",
    },
    because: {
      algorithm: "The standard for data at rest; it also withstands quantum computers.",
      location: inThisVault,
      rotateEvery: "Keeps small what one version protects; older backups stay readable.",
      exportable: "Encrypting and decrypting happen in the vault.",
    },
  },
  {
    name: "Log in over SSH",
    says: "Servers, git",
    proposal: { algorithm: "ed25519", purpose: "ssh", rotateEvery: "1y", exportable: "wrapped", location: "vault" },
    because: {
      algorithm: "Every current server and git host takes it.",
      location: inThisVault,
      rotateEvery: "Once a year somebody looks which servers still know it.",
      exportable: "Machines that need the file get it encrypted, never in the clear.",
    },
  },
  {
    name: "Protect other keys",
    says: "Envelope encryption of data keys",
    proposal: {
      algorithm: "aes-256",
      purpose: "key-wrapping",
      rotateEvery: "1y",
      exportable: "never",
      location: "vault",
    },
    because: {
      algorithm: "Wraps keys of any kind, and withstands quantum computers.",
      location: inThisVault,
      rotateEvery: "It only wraps small data keys; rotating it does not touch the data.",
      exportable: "Data keys come to it; it never has to go to them.",
    },
  },
  {
    name: "Root CA",
    says: "Certificates of one's own",
    proposal: {
      algorithm: "ec-p384",
      purpose: "certificate-authority",
      rotateEvery: "5y",
      exportable: "wrapped",
      location: "vault",
    },
    because: {
      algorithm: "Every TLS library takes it, and it is strong enough for years.",
      location: "Encrypted here and in every backup. A token that nobody can copy is stricter still.",
      rotateEvery: "All certificates below it are renewed with it: no more often than needed.",
      exportable: "A lost root takes all below along: keep an encrypted copy elsewhere.",
    },
  },
  {
    name: "API secret",
    says: "A token or password, made here",
    proposal: { algorithm: "secret", purpose: "secret", rotateEvery: "90d", exportable: "yes", location: "vault" },
    because: {
      algorithm: "What the service takes is text; it is drawn at random here.",
      location: inThisVault,
      rotateEvery: "Secrets that are copied about wear out: change it four times a year.",
      exportable: "A secret is there to be read: it is copied when it is needed.",
    },
  },
]
