import type { Algorithm, Purpose } from "../../../preload/contract/values.ts"
import { unfollowed } from "../../domain/long-work.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import type { Secret } from "../../domain/secret.ts"
import type { HolderScheme, TokenKey, TokenKeyReport } from "../../domain/token-port.ts"
import { isSameObject, parseTokenUri, type TokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { generateInToken } from "../key/token-material.ts"
import { tryTokenKey } from "../key/try-token-key.ts"
import { type TokenUseParts, workOf } from "../key-use/token-use.ts"

/** A key in a token that is to hold a keyslot or a keyring. */
export interface HolderKey {
  readonly uri: string
  readonly algorithm: Algorithm
  readonly scheme: HolderScheme
  readonly publicKey: Uint8Array
}

interface Holder {
  /** Of a token, in which a key is made for this; or of a key that is there. */
  readonly uri: TokenUri
  readonly pin: Secret | null
  readonly label: string
}

/** What is made, in this order, until it is something that the token can make: each with the one job that it needs for this. */
const made: readonly { readonly algorithm: Algorithm; readonly purpose: Purpose }[] = [
  { algorithm: "ec-p256", purpose: "key-agreement" },
  { algorithm: "rsa-3072", purpose: "encryption" },
  { algorithm: "rsa-2048", purpose: "encryption" },
]

/**
 * Has a key in a token hold something: a new one, or one that is there and does nothing else. A new key that comes to nothing is removed again.
 * @param keep - puts it to work; from then on the token is needed without its PIN
 * @throws `TOKEN_ABSENT`, `TOKEN_ERROR`, `PIN_INCORRECT`, `PIN_LOCKED`, `NOT_FOUND`; `INVALID_INPUT` for a key that can't; `POLICY_DENIED` for one of the inventory
 */
export async function holdByToken<Result>(
  parts: TokenUseParts,
  { uri, pin, label }: Holder,
  keep: (key: HolderKey) => Promise<Result>,
): Promise<Result> {
  if (uri.id !== undefined || uri.object !== undefined) return await keep(await keyThere(parts, uri, pin))
  for (const [index, job] of made.entries()) {
    try {
      const held = (key: TokenKey): Promise<Result> => keep(holderKey(key, job.algorithm))
      return await generateInToken(parts, { uri, pin, label, ...job }, held, unfollowed)
    } catch (error) {
      // It says so before the PIN is tried.
      if (index === made.length - 1 || !isUnable(error)) throw error
    }
  }
  throw new Error("the last one returns or throws")
}

function isUnable(error: unknown): boolean {
  const isOfJob = (detail: string): boolean => detail.startsWith("algorithm:") || detail.startsWith("purpose:")
  return error instanceof VaultError && error.code === "INVALID_INPUT" && isOfJob(error.detail ?? "")
}

async function keyThere(parts: TokenUseParts, uri: TokenUri, pin: Secret | null): Promise<HolderKey> {
  const report = await (await parts.tokens()).inspect(uri, pin)
  requireNotInventory(parts.session.current(), report.uri)
  const { publicKey } = report
  const algorithm = report.algorithm ?? (publicKey && parts.crypto.readPublicKey(publicKey).algorithm)
  const job = jobOf({ algorithm, usages: report.usages })
  return holderKey(await tryTokenKey(workOf(parts, null), job, report), job.algorithm)
}

function jobOf({ algorithm, usages }: Pick<TokenKeyReport, "algorithm" | "usages">): (typeof made)[number] {
  const isCurve = algorithm === "ec-p256" || algorithm === "ec-p384" || algorithm === "ec-p521"
  // YKCS11 says of its keys that they decrypt; whether one agrees is tried.
  if (isCurve && (usages.includes("derive") || usages.includes("decrypt")))
    return { algorithm, purpose: "key-agreement" }
  const isRsa = algorithm === "rsa-2048" || algorithm === "rsa-3072" || algorithm === "rsa-4096"
  if (isRsa && usages.includes("decrypt")) return { algorithm, purpose: "encryption" }
  throw new VaultError(
    "INVALID_INPUT",
    "token: a key is needed that agrees (ECDH on P-256, P-384 or P-521) or decrypts (RSA)",
  )
}

function holderKey({ uri, publicKey }: TokenKey, algorithm: Algorithm): HolderKey {
  if (publicKey === null) throw new VaultError("TOKEN_ERROR", "it gave no public key")
  const oaep = parseTokenUri(uri).oaep === "sha1" ? "rsa-oaep-sha1" : "rsa-oaep-sha256"
  return { uri, algorithm, scheme: algorithm.startsWith("ec-") ? "ecdh" : oaep, publicKey }
}

/** One key has one job, and this one would go when the key of the inventory is destroyed. */
function requireNotInventory(vault: OpenVault, uri: string): void {
  const same = vault.keys.inTokens().find(({ location }) => isSameObject(parseTokenUri(location), parseTokenUri(uri)))
  if (same !== undefined)
    throw new VaultError(
      "POLICY_DENIED",
      `usages-within-purpose: ${same.name} in the inventory is this key, and has a job`,
    )
}
