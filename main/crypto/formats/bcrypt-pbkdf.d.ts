declare module "bcrypt-pbkdf" {
  /** OpenBSD's bcrypt_pbkdf; fills `key` and returns 0, or -1 for a length or count it does not take. Blocks. */
  export function pbkdf(
    passphrase: Uint8Array,
    passphraseLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): 0 | -1
}
