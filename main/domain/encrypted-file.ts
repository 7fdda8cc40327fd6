/** The detail of `INVALID_INPUT` for a key file that opens only with a passphrase, when none was given. */
export const fileIsEncrypted = "the file is encrypted: --in-passphrase-file is needed"
