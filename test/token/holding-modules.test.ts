import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { keyCrypto } from "../../main/composition/key-crypto.ts"
import type { OpenVault } from "../../main/domain/open-vault.ts"
import { Session } from "../../main/domain/session.ts"
import type { TokenUri } from "../../main/domain/token-uri.ts"
import { bindTo, sealingKey, secretFromToken } from "../../main/store/bind-to-token.ts"
import { type HolderKey, holdByToken } from "../../main/use-cases/token/hold-by-token.ts"
import { inStore } from "../support/in-store.ts"
import { TestVault } from "../support/vaults.ts"
import { type ModuleUnderTest, userPin } from "./conformance/module-under-test.ts"
import { nss } from "./conformance/nss.ts"
import { opencryptoki } from "./conformance/opencryptoki.ts"
import { openSc } from "./conformance/opensc.ts"
import { p11Kit } from "./conformance/p11-kit.ts"
import { softHsm } from "./conformance/softhsm.ts"
import { Subject } from "./conformance/subject.ts"
import { tpm } from "./conformance/tpm.ts"
import { ykcs11 } from "./conformance/ykcs11.ts"
import { pin } from "./soft-hsm.ts"

const place = { use: "keyslot-token", vaultId: "01890000-0000-7000-8000-000000000003", slotId: "1", kind: "token" }

interface Held {
  readonly module: ModuleUnderTest
  /** What it makes for this; of a card, what is in it. */
  readonly algorithm: string
  readonly scheme: string
  /** CKA_ID of a key that is there from the start. */
  readonly ownKey?: number
}

const modules: readonly Held[] = [
  { module: softHsm, algorithm: "ec-p256", scheme: "ecdh" },
  { module: nss, algorithm: "ec-p256", scheme: "ecdh" },
  { module: opencryptoki, algorithm: "rsa-3072", scheme: "rsa-oaep-sha256" },
  { module: p11Kit, algorithm: "rsa-3072", scheme: "rsa-oaep-sha1" },
  { module: tpm, algorithm: "rsa-3072", scheme: "rsa-oaep-sha256" },
  { module: openSc, algorithm: "ec-p384", scheme: "ecdh", ownKey: 3 },
  { module: ykcs11, algorithm: "ec-p384", scheme: "ecdh", ownKey: 3 },
]

describe.each(modules)("$module.traits.name", ({ module, algorithm, scheme, ownKey }) => {
  const reason = module.reasonAgainst()
  describe.skipIf(reason !== null)(reason ?? "as it is here", () => {
    let subject: Subject
    let vault: TestVault

    beforeAll(async () => {
      vault = await TestVault.create()
      subject = await Subject.of(module)
    }, 120_000)

    afterAll(() => {
      subject?.[Symbol.dispose]()
      vault[Symbol.dispose]()
    })

    const held = (uri: TokenUri, keep: (key: HolderKey) => Promise<void>) =>
      inStore(vault, async (stored) => {
        const session = new Session<OpenVault>()
        session.begin(stored)
        using user = pin(userPin)
        const parts = { session, crypto: keyCrypto, tokens: async () => subject.client }
        await holdByToken(parts, { uri, pin: user, label: "holds" }, keep)
      })

    test(`comes by ${algorithm} to the secret that was encapsulated for it`, { timeout: 120_000 }, async () => {
      const uri = ownKey === undefined ? subject.token : { ...subject.token, id: Uint8Array.of(ownKey) }
      await held(uri, async (key) => {
        const { binding, key: sealing } = await bindTo(key, place)
        const secret = await secretFromToken(subject.client, null, binding)
        if (secret === null) throw new Error("it does not open")
        expect(key).toMatchObject({ algorithm, scheme })
        expect(sealingKey(secret, binding, place, null).bytes).toEqual(sealing.bytes)
      })
    })
  })
})
