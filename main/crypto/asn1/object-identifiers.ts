/** Object identifiers of key files, in dotted form, by their names in the standards. */
export const objectIdentifier = {
  /** RFC 8017, appendix A.1 */
  rsaEncryption: "1.2.840.113549.1.1.1",
  /** RFC 4055: a key for PSS only */
  rsassaPss: "1.2.840.113549.1.1.10",
  /** RFC 5480 */
  ecPublicKey: "1.2.840.10045.2.1",
  secp256r1: "1.2.840.10045.3.1.7",
  secp384r1: "1.3.132.0.34",
  secp521r1: "1.3.132.0.35",
  secp256k1: "1.3.132.0.10",
  /** RFC 8410 */
  x25519: "1.3.101.110",
  ed25519: "1.3.101.112",
  /** RFC 8018, appendix A */
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  /** RFC 7914, section 7 */
  scrypt: "1.3.6.1.4.1.11591.4.11",
  hmacSha1: "1.2.840.113549.2.7",
  hmacSha256: "1.2.840.113549.2.9",
  hmacSha384: "1.2.840.113549.2.10",
  hmacSha512: "1.2.840.113549.2.11",
  aes128Cbc: "2.16.840.1.101.3.4.1.2",
  aes192Cbc: "2.16.840.1.101.3.4.1.22",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
  desEde3Cbc: "1.2.840.113549.3.7",
} as const
