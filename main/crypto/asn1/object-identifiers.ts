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
  /** RFC 9935 */
  mlKem512: "2.16.840.1.101.3.4.4.1",
  mlKem768: "2.16.840.1.101.3.4.4.2",
  mlKem1024: "2.16.840.1.101.3.4.4.3",
  /** RFC 9881 */
  mlDsa44: "2.16.840.1.101.3.4.3.17",
  mlDsa65: "2.16.840.1.101.3.4.3.18",
  mlDsa87: "2.16.840.1.101.3.4.3.19",
  /** RFC 9909 */
  slhDsaSha2128s: "2.16.840.1.101.3.4.3.20",
  slhDsaSha2256s: "2.16.840.1.101.3.4.3.24",
  /** RFC 8018, appendix A */
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  /** RFC 7914, section 7 */
  scrypt: "1.3.6.1.4.1.11591.4.11",
  /** RFC 8018, A.5 */
  pbmac1: "1.2.840.113549.1.5.14",
  hmacSha1: "1.2.840.113549.2.7",
  hmacSha224: "1.2.840.113549.2.8",
  hmacSha256: "1.2.840.113549.2.9",
  hmacSha384: "1.2.840.113549.2.10",
  hmacSha512: "1.2.840.113549.2.11",
  aes128Cbc: "2.16.840.1.101.3.4.1.2",
  aes192Cbc: "2.16.840.1.101.3.4.1.22",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
  desEde3Cbc: "1.2.840.113549.3.7",
  /** PBES1: RFC 8018, A.3 */
  pbeWithMd5AndDesCbc: "1.2.840.113549.1.5.3",
  pbeWithMd5AndRc2Cbc: "1.2.840.113549.1.5.6",
  pbeWithSha1AndDesCbc: "1.2.840.113549.1.5.10",
  pbeWithSha1AndRc2Cbc: "1.2.840.113549.1.5.11",
  /** PKCS #12: RFC 7292, appendix C */
  pbeWithShaAnd3KeyTripleDesCbc: "1.2.840.113549.1.12.1.3",
  pbeWithShaAnd2KeyTripleDesCbc: "1.2.840.113549.1.12.1.4",
  pbeWithShaAnd128BitRc2Cbc: "1.2.840.113549.1.12.1.5",
  pbeWithShaAnd40BitRc2Cbc: "1.2.840.113549.1.12.1.6",
  /** RFC 7292, appendix D */
  keyBag: "1.2.840.113549.1.12.10.1.1",
  shroudedKeyBag: "1.2.840.113549.1.12.10.1.2",
  certificateBag: "1.2.840.113549.1.12.10.1.3",
  secretBag: "1.2.840.113549.1.12.10.1.5",
  safeContentsBag: "1.2.840.113549.1.12.10.1.6",
  /** PKCS #9: RFC 2985 */
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
  x509Certificate: "1.2.840.113549.1.9.22.1",
  /** PKCS #7: RFC 2315 */
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  encryptedData: "1.2.840.113549.1.7.6",
  /** RFC 8017, B.1 */
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  sha224: "2.16.840.1.101.3.4.2.4",
  /** RFC 8017, A.2.4 */
  sha256WithRsa: "1.2.840.113549.1.1.11",
  /** RFC 5758, 3.2 */
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  ecdsaWithSha384: "1.2.840.10045.4.3.3",
  ecdsaWithSha512: "1.2.840.10045.4.3.4",
  /** RFC 5280, 4.2.1.2 */
  subjectKeyIdentifier: "2.5.29.14",
  /** X.520 */
  commonName: "2.5.4.3",
} as const
