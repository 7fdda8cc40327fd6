import type { HandlersOf } from "../../preload/contract/index.ts"
import type { FollowWork } from "../domain/long-work.ts"
import type { Secret } from "../domain/secret.ts"
import { compromiseKey } from "../use-cases/incident/compromise-key.ts"
import { revokeKey } from "../use-cases/incident/revoke-key.ts"
import { deactivateKey, resumeKey, suspendKey } from "../use-cases/key/change-key-state.ts"
import { destroyKey, trimKey } from "../use-cases/key/destroy-key.ts"
import { exportKey } from "../use-cases/key/export-key.ts"
import { generateKey } from "../use-cases/key/generate-key.ts"
import { importKey } from "../use-cases/key/import-key.ts"
import { inspectKeyFile } from "../use-cases/key/inspect-key-file.ts"
import { listKeys, showKey } from "../use-cases/key/list-keys.ts"
import { relateKey } from "../use-cases/key/relate-key.ts"
import { rotateKey } from "../use-cases/key/rotate-key.ts"
import { cancelDestroy, scheduleDestroy } from "../use-cases/key/schedule-destroy.ts"
import { setKey } from "../use-cases/key/set-key.ts"
import { writeCertificate } from "../use-cases/key/write-certificate.ts"
import { makeDataKey, rewrapDataKey, unwrapDataKey } from "../use-cases/key-use/data-key.ts"
import { deriveFromKey, encapsulateSecret } from "../use-cases/key-use/derive-secret.ts"
import { decryptMessage, encryptMessage } from "../use-cases/key-use/encrypt.ts"
import { macMessage, signMessage, verifySignature } from "../use-cases/key-use/sign.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { wrapKey } from "../use-cases/key-use/wrap-key.ts"
import { forgetDataKey, listDataKeys, registerDataKey } from "../use-cases/rotation/registered-data-keys.ts"
import { approvedOnly } from "./approved-only.ts"
import { destructionCertificates } from "./destruction-certificates.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"
import { writePdf } from "./write-pdf.ts"

/** The handlers for keys: what is done with them, and what they do. */
export function keyHandlers(
  session: VaultSession,
  tokens: TokenUseParts["tokens"],
  longWorks: LongWorks,
): HandlersOf<"key"> {
  const crypto = keyCrypto
  const use = { session, crypto, tokens }
  const follow: FollowWork = (of, work) => longWorks.run(of, work)
  const requirePassphrase = async (passphrase: Secret): Promise<void> => {
    await session.slotOpenedBy(passphrase)
  }
  return {
    "key.generate": generateKey(use, follow),
    "key.import": importKey(use),
    "key.inspect": inspectKeyFile(session, crypto),
    "key.list": listKeys(session),
    "key.show": showKey(session, crypto),
    "key.set": setKey(session),
    "key.relate": relateKey(session),
    "key.rotate": rotateKey(use, follow),
    "key.suspend": suspendKey(session),
    "key.resume": resumeKey(session),
    "key.deactivate": deactivateKey(session),
    "key.compromise": compromiseKey(session, crypto),
    "key.revocation": revokeKey(session, crypto),
    "key.trim": approvedOnly(session, "destroy", trimKey(use)),
    "key.destroy": approvedOnly(session, "destroy", destroyKey(use)),
    "key.schedule-destroy": approvedOnly(session, "destroy", scheduleDestroy(use)),
    "key.cancel-destroy": cancelDestroy(session),
    "key.certificate": writeCertificate({
      session,
      certificatesOf: async (name) => (await destructionCertificates(session.current(), name)).certificates,
      writePdf,
    }),
    "key.certificates": ({ name }) => destructionCertificates(session.current(), name),
    "key.export": exportKey({ session, crypto, requirePassphrase }),
    "key.sign": signMessage(use),
    "key.verify": verifySignature(use),
    "key.encrypt": encryptMessage(use),
    "key.decrypt": decryptMessage(use),
    "key.mac": macMessage(use),
    "key.wrap": wrapKey(use),
    "key.derive": deriveFromKey(use),
    "key.encapsulate": encapsulateSecret(use),
    "key.datakey": makeDataKey(use),
    "key.unwrap": unwrapDataKey(use),
    "key.rewrap": rewrapDataKey(use),
    "key.register-datakey": registerDataKey(session),
    "key.datakeys": listDataKeys(session),
    "key.forget-datakey": forgetDataKey(session),
  }
}
