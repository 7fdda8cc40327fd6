import type { Algorithm, KeyState, Purpose } from "../../../preload/contract/values.ts"
import type { RequestFor } from "../../api/ask.ts"
import { algorithmWord, purposeWords, stateWords } from "../../api/key-words.ts"

/** What a list is narrowed by, beside the words that are searched for. */
export type KeyFilter = {
  readonly [Field in "due" | "state" | "purpose" | "algorithm" | "keyring"]?: NonNullable<RequestFor<"key.list">[Field]>
}

const isState = (name: string): name is KeyState => name in stateWords
const isPurpose = (name: string): name is Purpose => name in purposeWords

export const stateChoices: readonly KeyState[] = Object.keys(stateWords).filter(isState)
export const purposeChoices: readonly Purpose[] = Object.keys(purposeWords).filter(isPurpose)

const algorithms: readonly Algorithm[] = [
  "aes-128",
  "aes-192",
  "aes-256",
  "chacha20-poly1305",
  "hmac-sha256",
  "hmac-sha384",
  "hmac-sha512",
  "rsa-2048",
  "rsa-3072",
  "rsa-4096",
  "ec-p256",
  "ec-p384",
  "ec-p521",
  "ec-secp256k1",
  "ed25519",
  "x25519",
  "ml-kem-512",
  "ml-kem-768",
  "ml-kem-1024",
  "ml-dsa-44",
  "ml-dsa-65",
  "ml-dsa-87",
  "slh-dsa-sha2-128s",
  "slh-dsa-sha2-256s",
  "secret",
  "bip39-12",
  "bip39-24",
]

export const algorithmChoices: readonly { readonly value: Algorithm; readonly label: string }[] = algorithms.map(
  (value) => ({ value, label: algorithmWord(value) }),
)
