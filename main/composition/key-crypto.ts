import { identityFor } from "../crypto/age/file-parties.ts"
import { decodeRecipient } from "../crypto/age/recipient-text.ts"
import { decryptWhole, encryptWhole } from "../crypto/age/whole-file.ts"
import { encapsulateSecret } from "../crypto/algorithms/encapsulation.ts"
import { decrypt, encrypt } from "../crypto/algorithms/encryption.ts"
import { agreedSecret } from "../crypto/algorithms/key-derivation.ts"
import { deriveSecret, isWrapping, unwrapMaterial, wrapMaterial } from "../crypto/algorithms/key-wrapping.ts"
import { generateMaterial, keyCheckValue, publicKeyFor } from "../crypto/algorithms/material.ts"
import { chosenMechanism } from "../crypto/algorithms/mechanisms.ts"
import { mac, verifyMac } from "../crypto/algorithms/message-authentication.ts"
import { sign, verify } from "../crypto/algorithms/signature.ts"
import { equalBytes } from "../crypto/constant-time.ts"
import { describeCertificate } from "../crypto/formats/certificate.ts"
import { exportPrivate, newKeyCertificate } from "../crypto/formats/export-key.ts"
import { exportPublic } from "../crypto/formats/export-public-key.ts"
import { opensshFingerprint, spkiFingerprint } from "../crypto/formats/fingerprints.ts"
import { importKeys } from "../crypto/formats/import-key.ts"
import { openpgpRevocation } from "../crypto/formats/openpgp/revocation.ts"
import { publicKeysIn } from "../crypto/formats/openpgp/write-openpgp.ts"
import { opensshRevocationList, opensshRevokedLines } from "../crypto/formats/openssh-revocation.ts"
import { readPublicKey } from "../crypto/formats/read-public-key.ts"
import { x509Revocation } from "../crypto/formats/x509-revocation.ts"
import { randomSecret } from "../crypto/random.ts"
import { aadFor } from "../crypto/seal.ts"
import { newId } from "../crypto/uuid-v7.ts"
import { sharesFactor, weaknessesOf } from "../crypto/weak-keys.ts"
import type { KeyCrypto } from "../domain/key-crypto.ts"

/** The cryptography that the use cases ask for, by our own modules. */
export const keyCrypto: KeyCrypto = {
  newId,
  randomSecret,
  generateMaterial,
  publicKeyFor,
  keyCheckValue,
  spkiFingerprint,
  opensshFingerprint,
  chosenMechanism,
  sign,
  verify,
  mac,
  verifyMac,
  encrypt,
  decrypt,
  isWrapping,
  wrapMaterial,
  unwrapMaterial,
  deriveSecret,
  agreedSecret,
  equalBytes,
  encapsulate: encapsulateSecret,
  readPublicKey,
  ciphertextAad: (vaultId, keyId, version) => aadFor("ciphertext", { vaultId, keyId, version }),
  importKeys,
  weaknessesOf,
  sharesFactor,
  exportPrivate,
  exportPublic,
  newCertificate: newKeyCertificate,
  publicKeysIn,
  openpgpRevocation,
  opensshRevocation: (keys, format, at) =>
    format === "openssh" ? opensshRevokedLines(keys) : opensshRevocationList(keys, at),
  x509Revocation,
  describeCertificate,
  decryptFor: (open, file) => decryptWhole(file, [identityFor({ kind: "private-key", open })]),
  encryptFor: (recipients, secret) => encryptWhole(secret, recipients.map(decodeRecipient)),
}
