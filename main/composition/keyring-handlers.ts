import type { HandlersOf, InputOf, OutputOf } from "../../preload/contract/index.ts"
import type { Keyring } from "../../preload/contract/keyring.ts"
import type { KeyringRecord } from "../domain/open-vault.ts"
import { Secret } from "../domain/secret.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { meansKey, parseTokenUri, type TokenUri } from "../domain/token-uri.ts"
import { VaultError } from "../domain/vault-error.ts"
import { createHeldKeyring, enrollToken, requireHeld, withdrawToken } from "../store/held-keyrings.ts"
import { rotateKeyring } from "../store/keyring-rotation.ts"
import type { StoredVault } from "../store/stored-vault.ts"
import { keyringPolicy } from "../use-cases/policy/keyring-policy.ts"
import { type HolderKey, holdByToken } from "../use-cases/token/hold-by-token.ts"
import { leftInToken } from "../use-cases/token/left-in-token.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

type Tokens = () => Promise<TokenPort>

/** The handlers for keyrings. */
export function keyringHandlers(session: VaultSession, tokens: Tokens): HandlersOf<"keyring"> {
  return {
    "keyring.list": () => {
      const vault = session.current()
      return { keyrings: vault.keyrings.list().map((keyring) => shown(vault, keyring)) }
    },
    "keyring.create": (input) => createKeyring(session, tokens, input),
    "keyring.policy": keyringPolicy(session),
    "keyring.unlock": async ({ name, token, pin: pinBytes }) => {
      using pin = pinBytes === undefined ? null : new Secret(pinBytes)
      const vault = session.current()
      const keyring = vault.keyrings.find(name)
      requireHeld(keyring)
      using _ = await vault.keks.reach(keyring.id, pin, token === undefined ? null : parseTokenUri(token))
      return shown(vault, keyring)
    },
    "keyring.enroll": (input) => enroll(session, tokens, input),
    "keyring.withdraw": ({ name, id, confirmed }) => {
      const vault = session.current()
      const keyring = vault.keyrings.find(name)
      const token = keyring.tokens.find((each) => each.id === id)
      if (token === undefined) throw new VaultError("NOT_FOUND", `a token of that id, which holds ${name}`)
      if (!confirmed) throw new VaultError("CONFIRMATION_REQUIRED", "that token will no longer open the keyring")
      const others = shown(vault, withdrawToken(vault, keyring, token))
      return { ...others, leftInToken: leftInToken(vault, token.uri) }
    },
    "keyring.rotate": async ({ name, pin: pinBytes }) => {
      using pin = pinBytes === undefined ? null : new Secret(pinBytes)
      const vault = session.current()
      const rewrapped = await rotateKeyring(vault, vault.keyrings.find(name), pin)
      return { ...shown(vault, vault.keyrings.find(name)), rewrapped }
    },
  }
}

function shown(vault: StoredVault, { tokens, ...keyring }: KeyringRecord): Keyring {
  return { ...keyring, keys: vault.keyrings.countKeys(keyring.id), tokens: [...tokens] }
}

async function createKeyring(
  session: VaultSession,
  tokens: Tokens,
  { name, purpose, token, pin: pinBytes }: InputOf<"keyring.create">,
): Promise<OutputOf<"keyring.create">> {
  using pin = pinBytes === undefined ? null : new Secret(pinBytes)
  const vault = session.current()
  if (token !== undefined) {
    if (vault.keyrings.list().some((keyring) => keyring.name === name))
      throw new VaultError("ALREADY_EXISTS", `a keyring named ${name}`)
    const holder = { uri: parseTokenUri(token), pin, label: labelOf(vault) }
    const keep = (key: HolderKey) => createHeldKeyring(vault, { name, purpose }, key)
    return shown(vault, await holdByToken({ session, crypto: keyCrypto, tokens }, holder, keep))
  }
  return vault.journal.record(() => {
    const keyring = vault.keyrings.create(name, purpose)
    return {
      entry: { action: "keyring.create", target: name, detail: { keyringId: keyring.id, purpose } },
      result: shown(vault, keyring),
    }
  })
}

/** The keyring's name is nobody's business who looks into the token. */
function labelOf({ vaultId }: StoredVault): string {
  return `Claviger ${vaultId}`
}

async function enroll(
  session: VaultSession,
  tokens: Tokens,
  { name, token, pin: pinBytes }: InputOf<"keyring.enroll">,
): Promise<OutputOf<"keyring.enroll">> {
  using pin = pinBytes === undefined ? null : new Secret(pinBytes)
  const vault = session.current()
  const keyring = vault.keyrings.find(name)
  requireHeld(keyring)
  const uri = parseTokenUri(token)
  // Before the other token makes a key in vain.
  using _ = await vault.materials.reach(keyring.id, null)
  await requireOther(await tokens(), uri, keyring)
  const keep = (key: HolderKey) => enrollToken(vault, keyring, key)
  const holder = { uri, pin, label: labelOf(vault) }
  return shown(vault, await holdByToken({ session, crypto: keyCrypto, tokens }, holder, keep))
}

/** A second key in one token is lost with the first. */
async function requireOther(port: TokenPort, uri: TokenUri, { name, tokens }: KeyringRecord): Promise<void> {
  const found = parseTokenUri((await port.find(uri)).uri)
  if (tokens.some((each) => meansKey(found, parseTokenUri(each.uri))))
    throw new VaultError("ALREADY_EXISTS", `that token holds ${name} already`)
}
