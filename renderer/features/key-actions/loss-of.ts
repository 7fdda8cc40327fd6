import type { KeyObject } from "../../../preload/contract/key-object.ts"

const losses: Readonly<Record<KeyObject["purpose"], string>> = {
  signature: "nothing can be signed with it again; signatures made before stay valid",
  authentication: "it logs in nowhere again",
  ssh: "it logs in to no server again",
  "certificate-authority": "it signs no certificate and no revocation again; those made before stay valid",
  encryption: "nothing that was encrypted with it can be read again",
  "key-wrapping": "no key that it wrapped can be opened again, nor what such a key encrypted",
  mac: "nothing that it authenticated can be checked again",
  "key-agreement": "nothing that was encrypted for it can be read again",
  wallet: "what its addresses hold moves only with a copy of the words from elsewhere",
  secret: "its text can't be read here again",
}

/** What nobody can do any more once a key is destroyed, as the second half of a sentence. */
export function lossOf({ purpose }: Pick<KeyObject, "purpose">): string {
  return losses[purpose]
}
