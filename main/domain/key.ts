import type {
  Algorithm,
  Duration,
  Exportable,
  KeyState,
  Origin,
  Purpose,
  RelationKind,
  Usage,
} from "../../preload/contract/values.ts"

/**
 * Something public that came with a key, or was made for it, and leaves with it: a certificate (X.509 DER), or an OpenPGP
 * certificate (a transferable public key, RFC 9580 section 10.1, binary).
 */
export interface Attachment {
  readonly kind: "x509" | "openpgp"
  readonly content: Uint8Array
  /** As the kind's own programs print it: SHA-256 of the DER in hexadecimal; the OpenPGP fingerprint of this very key. */
  readonly fingerprint: string
}

/** The waiting time before a destruction. Times are RFC 3339 UTC. */
export interface PendingDestruction {
  readonly since: string
  /** Not before this moment. */
  readonly destroysAt: string
  /** The state it was in, which tells the one it goes back to. */
  readonly from: KeyState
  /** Why, as it was given. */
  readonly reason: string
}

/** One generation of a key's material: everything about it but the material itself. Times are RFC 3339 UTC. */
export interface KeyVersion {
  readonly version: number
  readonly state: KeyState
  readonly createdAt: string
  /** `SHA256:` + base64 over the SubjectPublicKeyInfo; `null` for secret keys. */
  readonly fingerprint: string | null
  /** As `ssh-keygen -l` prints it; `null` where SSH has no such key type. */
  readonly opensshFingerprint: string | null
  /** Key check value of an AES key, tagged with its method. */
  readonly kcv: string | null
  readonly location: string
  /** After this moment a superseded version no longer decrypts or verifies; `null`: until it is trimmed. */
  readonly decryptOnlyUntil: string | null
  /** SubjectPublicKeyInfo DER; `null` for secret keys. Stays when the material is destroyed. */
  readonly publicKey: Uint8Array | null
  readonly destroyedAt: string | null
  /** While it is `pending-destruction`. */
  readonly pending: PendingDestruction | null
  /** The key's own first. They stay when the material is destroyed. */
  readonly attachments: readonly Attachment[]
}

export interface Relation {
  readonly kind: RelationKind
  readonly otherId: string
  readonly otherName: string
}

/** A named, versioned object with one purpose. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly algorithm: Algorithm
  readonly purpose: Purpose
  readonly usages: readonly Usage[]
  readonly keyringId: string
  readonly keyring: string
  readonly state: KeyState
  readonly exportable: Exportable
  readonly origin: Origin
  readonly location: string
  readonly owner: string | null
  readonly environment: string | null
  readonly tags: readonly string[]
  readonly createdAt: string
  readonly activatesAt: string | null
  readonly expiresAt: string | null
  readonly rotateEvery: Duration | null
  readonly nextRotationAt: string | null
  /** How long what it protects must stay secret, or its signatures be believed; `null`: as the policy says. */
  readonly protectFor: Duration | null
  readonly currentVersion: number
  /** In ascending order; destroyed ones stay, as tombstones. */
  readonly versions: readonly KeyVersion[]
  /** What this key bears on. */
  readonly relations: readonly Relation[]
}
