import type { HandlersOf } from "../../preload/contract/index.ts"
import type { FollowWork } from "../domain/long-work.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { advanceRotation } from "../use-cases/rotation/advance-rotation.ts"
import { rewrapDataKeys } from "../use-cases/rotation/rewrap-data-keys.ts"
import { holdRotation, rollBackRotation } from "../use-cases/rotation/roll-back-rotation.ts"
import { rotateWhatIsDue } from "../use-cases/rotation/rotate-what-is-due.ts"
import { listRotations, showRotation } from "../use-cases/rotation/rotation-object.ts"
import { startRotation } from "../use-cases/rotation/start-rotation.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for rotations that go step by step. */
export function rotationHandlers(
  session: VaultSession,
  tokens: TokenUseParts["tokens"],
  longWorks: LongWorks,
): HandlersOf<"rotation"> {
  const use = { session, crypto: keyCrypto, tokens }
  const follow: FollowWork = (of, work) => longWorks.run(of, work)
  return {
    "rotation.start": startRotation(use, follow),
    "rotation.list": listRotations(session),
    "rotation.show": showRotation(session),
    "rotation.advance": advanceRotation(use),
    "rotation.automatic": rotateWhatIsDue(use, follow),
    "rotation.rewrap": rewrapDataKeys(use, follow),
    "rotation.pause": holdRotation(session, true),
    "rotation.resume": holdRotation(session, false),
    "rotation.rollback": rollBackRotation(use),
  }
}
