import type { InputOf, OutputOf } from "../../../preload/contract/index.ts"
import type { KeyCrypto } from "../../domain/key-crypto.ts"
import type { OpenVault } from "../../domain/open-vault.ts"
import { Secret } from "../../domain/secret.ts"
import { jobOf, tokenKeyFindings } from "../../domain/token-findings.ts"
import type { TokenKeyReport } from "../../domain/token-port.ts"
import { isSameObject, parseTokenUri } from "../../domain/token-uri.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { publicKeyWarnings } from "../key/import-warnings.ts"
import { requireHoldsNothing } from "../key/require-holds-nothing.ts"
import { requireAllowed, storeNewKey } from "../key/store-new-key.ts"
import { tryTokenKey } from "../key/try-token-key.ts"
import { type TokenUseParts, workOf } from "../key-use/token-use.ts"

/**
 * Takes a key that is in a token already into the inventory, where it is. It is asked what it is, and tried; how it differs from a
 * key that we would have made there is told, and not held against it.
 * @throws `NOT_FOUND`, `ALREADY_EXISTS` also of the same object, `INVALID_INPUT`, `POLICY_DENIED` also of a key that opens the vault or a keyring, and as the token does
 */
export function adoptKey(parts: TokenUseParts) {
  return async ({ uri, pin, purpose: asked, ...wanted }: InputOf<"token.adopt">): Promise<OutputOf<"token.adopt">> => {
    using pinSecret = pin === undefined ? null : new Secret(pin)
    const work = workOf(parts, pinSecret)
    const { vault, crypto } = work
    requireFreeName(vault, wanted.name)
    const report = await (await parts.tokens()).inspect(parseTokenUri(uri), pinSecret)
    requireNew(vault, report)
    const algorithm = requireKnown(crypto, report)
    const purpose = jobOf(algorithm, report, asked)
    requireAllowed({ algorithm, purpose }, wanted)
    const key = await tryTokenKey(work, { algorithm, purpose }, report)
    const kind = { algorithm, purpose, origin: "imported", action: "token.adopt" } as const
    const findings = tokenKeyFindings(algorithm, purpose, report)
    const warnings = await publicKeyWarnings(vault, crypto, { algorithm, publicKey: report.publicKey })
    const detail = { location: key.uri, findings: findings.map(({ rule }) => rule) }
    const stored = await storeNewKey(vault, crypto, { ...kind, detail }, { ...wanted, exportable: "never" }, key, null)
    const others = stored.findings.filter(({ rule }) => !detail.findings.includes(rule))
    return { ...stored, findings: [...others, ...findings], warnings }
  }
}

export function requireFreeName(vault: OpenVault, name: string): void {
  if (vault.keys.find(name) !== null) throw new VaultError("ALREADY_EXISTS", `a key named ${name}`)
}

function requireNew(vault: OpenVault, { uri }: TokenKeyReport): void {
  const here = vault.keys.inTokens().find(({ location }) => isSameObject(parseTokenUri(location), parseTokenUri(uri)))
  if (here !== undefined) throw new VaultError("ALREADY_EXISTS", `that key is here already, named ${here.name}`)
  requireHoldsNothing(vault, uri)
}

/** What the object does not tell, its public half may. */
function requireKnown(crypto: KeyCrypto, { algorithm, publicKey, claims }: TokenKeyReport) {
  if (claims.stays === false) throw new VaultError("INVALID_INPUT", "the key ends with the session that made it")
  const known = algorithm ?? (publicKey === null ? null : crypto.readPublicKey(publicKey).algorithm)
  if (known === null) throw new VaultError("INVALID_INPUT", "it is a key of a kind or size that is not known here")
  return known
}
