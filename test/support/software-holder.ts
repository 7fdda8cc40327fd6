import { createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto"
import { Secret } from "../../main/domain/secret.ts"
import { type HoldingTokens, TokenAccess } from "../../main/domain/token-access.ts"
import { formatTokenUri } from "../../main/domain/token-uri.ts"
import { VaultError } from "../../main/domain/vault-error.ts"
import type { HoldingKey } from "../../main/store/bind-to-token.ts"

const names = { token: "soft", manufacturer: "tests", model: "none", serial: "1" } as const
const uri = formatTokenUri({ ...names, type: "private", id: Uint8Array.of(7) })

/** A key of P-256 that is in no token, and what stands for the token: thousands of calls take no time. */
export class SoftwareHolder {
  readonly #pair = generateKeyPairSync("ec", { namedCurve: "P-256" })

  get key(): HoldingKey {
    const spki = new Uint8Array(this.#pair.publicKey.export({ type: "spki", format: "der" }))
    return { uri, algorithm: "ec-p256", scheme: "ecdh", publicKey: spki }
  }

  access(): TokenAccess {
    return new TokenAccess(async () => this.#tokens, null)
  }

  readonly #tokens: HoldingTokens = {
    find: () => Promise.reject(new VaultError("TOKEN_ABSENT")),
    decrypt: () => Promise.reject(new VaultError("INVALID_INPUT", "it is no key of RSA")),
    agree: async (asked, _, peer) => {
      if (formatTokenUri(asked) !== uri) throw new VaultError("TOKEN_ABSENT")
      const { privateKey } = this.#pair
      const publicKey = createPublicKey({ key: Buffer.from(peer), format: "der", type: "spki" })
      return new Secret(new Uint8Array(diffieHellman({ privateKey, publicKey })))
    },
  }
}
