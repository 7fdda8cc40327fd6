import { VaultError } from "../../domain/vault-error.ts"
import type { KeySource } from "./key-source.ts"

const toPkcs12 = "`keytool -importkeystore -deststoretype PKCS12` makes a file of it that can be read"
const fromGnupg = "a file of GnuPG's own folder: `gpg --export-secret-keys` gives what can be read"

/** Key files of other programs that are not read here, by how they begin, and what their owner can do. */
const known: readonly (readonly [beginning: RegExp, told: string])[] = [
  [/^\xfe\xed\xfe\xed/, `a Java keystore (JKS): ${toPkcs12}`],
  [/^\xce\xce\xce\xce/, `a Java keystore (JCEKS): ${toPkcs12}`],
  [
    /^---- BEGIN SSH2 ENCRYPTED PRIVATE KEY/,
    "a key of ssh.com: `puttygen -O private-openssh` makes a file of it that can be read",
  ],
  [
    /^SSH PRIVATE KEY FILE FORMAT 1\.1/,
    "a key of SSH version 1, which has not been safe to use for long, is not supported",
  ],
  [/^(?:[A-Z][A-Za-z-]*: [^\n]*\n)*Key: \(/, fromGnupg],
  [/^\(\d{1,2}:(?:protected-|shadowed-)?private-key/, fromGnupg],
]

/** Much longer than a keystore of one key. */
const lookedAt = 4096

/**
 * Recognises what is not read here, so that the answer is better than "not recognised".
 *
 * @throws INVALID_INPUT when it is such a file
 */
export function recogniseForeign(file: Uint8Array): KeySource | null {
  const beginning = Buffer.from(file.subarray(0, lookedAt)).toString("latin1")
  const found = known.find(([pattern]) => pattern.test(beginning))
  if (found !== undefined) throw new VaultError("INVALID_INPUT", found[1])
  return null
}
