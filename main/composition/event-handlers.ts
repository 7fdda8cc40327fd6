import type { HandlersOf } from "../../preload/contract/index.ts"
import type { FollowWork } from "../domain/long-work.ts"
import { closeEvent, listEvents, showEvent } from "../use-cases/event/event-object.ts"
import { raiseEvent, startEvent } from "../use-cases/event/raise-event.ts"
import type { TokenUseParts } from "../use-cases/key-use/token-use.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { LongWorks } from "./long-works.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for what happens that keys must change for. */
export function eventHandlers(
  session: VaultSession,
  tokens: TokenUseParts["tokens"],
  longWorks: LongWorks,
): HandlersOf<"event"> {
  const use = { session, crypto: keyCrypto, tokens }
  const follow: FollowWork = (of, work) => longWorks.run(of, work)
  return {
    "event.raise": raiseEvent(use, follow),
    "event.start": startEvent(use, follow),
    "event.list": listEvents(session),
    "event.show": showEvent(session),
    "event.close": closeEvent(session),
  }
}
