import type { HandlersOf } from "../../preload/contract/index.ts"
import { passphraseRecipient } from "../crypto/age/scrypt-stanza.ts"
import { encryptWhole } from "../crypto/age/whole-file.ts"
import { accountPathOf, watchAccount, watchAddresses } from "../crypto/wallets/account-key.ts"
import { formatDerivationPath } from "../crypto/wallets/bip32/derivation-path.ts"
import { writeKeystore } from "../crypto/wallets/ethereum-keystore/write-keystore.ts"
import { openWallet } from "../crypto/wallets/open-wallet.ts"
import { otherFingerprints } from "../crypto/wallets/other-readings.ts"
import { combineSeed as combineSeedShares, readSeed } from "../crypto/wallets/read-seed.ts"
import { wordsOf } from "../crypto/wallets/seed-material.ts"
import {
  childPath,
  compareCopy,
  generateSeed as newSeed,
  splitSeed as splitSeedMaterial,
  successorOf,
  writeSeed,
} from "../crypto/wallets/seeds.ts"
import type { Secret } from "../domain/secret.ts"
import type { WalletCrypto } from "../domain/wallet-crypto.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { deriveChild } from "../use-cases/seed/derive-child.ts"
import { destroySeed, scheduleSeedDestroy } from "../use-cases/seed/destroy-seed.ts"
import { exportSeed } from "../use-cases/seed/export-seed.ts"
import { listGivenAddresses } from "../use-cases/seed/given-addresses.ts"
import { listSeeds } from "../use-cases/seed/list-seeds.ts"
import { combineSeed, generateSeed, importSeed } from "../use-cases/seed/make-seed.ts"
import { revealSeed, splitSeed, verifyCopy } from "../use-cases/seed/reveal-seed.ts"
import { rotateSeed } from "../use-cases/seed/rotate-seed.ts"
import { listSeedAddresses, showAccountKey } from "../use-cases/seed/watch-seed.ts"
import { approvedOnly } from "./approved-only.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

/** The cryptography of wallets that the use cases ask for, by our own modules. */
const wallets: WalletCrypto = {
  generateSeed: newSeed,
  successorOf,
  readSeed,
  combineSeed: combineSeedShares,
  wordsOf,
  otherFingerprints,
  writeSeed,
  compareCopy,
  splitSeed: splitSeedMaterial,
  openWallet,
  watchAddresses,
  watchAccount,
  accountPath: (choice) => formatDerivationPath(accountPathOf(choice)),
  childPath,
  encryptFor: keyCrypto.encryptFor,
  encryptUnder: (passphrase, words) => encryptWhole(words, [passphraseRecipient(passphrase.bytes)]),
  writeKeystore,
}

/** The handlers for seeds of wallets. */
export function seedHandlers(session: VaultSession, tokens: TokenUseParts["tokens"]): HandlersOf<"seed"> {
  const requirePassphrase = async (passphrase: Secret): Promise<void> => {
    await session.slotOpenedBy(passphrase)
  }
  const parts = { session, crypto: keyCrypto, wallets }
  const revealing = { ...parts, requirePassphrase }
  return {
    "seed.generate": generateSeed(parts),
    "seed.import": importSeed(parts),
    "seed.combine": combineSeed(parts),
    "seed.list": listSeeds(session),
    "seed.reveal": revealSeed(revealing),
    "seed.verify": verifyCopy(parts),
    "seed.addresses": listSeedAddresses(parts),
    "seed.given": listGivenAddresses(session),
    "seed.xpub": showAccountKey(parts),
    "seed.split": splitSeed(revealing),
    "seed.child": deriveChild(revealing),
    "seed.rotate": rotateSeed(parts),
    "seed.destroy": approvedOnly(session, "destroy", destroySeed({ session, tokens, crypto: keyCrypto })),
    "seed.schedule-destroy": approvedOnly(session, "destroy", scheduleSeedDestroy({ session, crypto: keyCrypto })),
    "seed.export": exportSeed(parts),
  }
}
