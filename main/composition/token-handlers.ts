import type { HandlersOf } from "../../preload/contract/index.ts"
import { Secret } from "../domain/secret.ts"
import type { TokenPort } from "../domain/token-port.ts"
import { parseTokenUri } from "../domain/token-uri.ts"
import type { UsbPort } from "../domain/usb-port.ts"
import { VaultError } from "../domain/vault-error.ts"
import { adoptKey } from "../use-cases/token/adopt-key.ts"
import { bringKey } from "../use-cases/token/bring-key.ts"
import { checkTokenHealth } from "../use-cases/token/check-token-health.ts"
import { listTokens } from "../use-cases/token/list-tokens.ts"
import { listUsb } from "../use-cases/token/list-usb.ts"
import { tokenHealthHistory } from "../use-cases/token/token-health-history.ts"
import { keyCrypto } from "./key-crypto.ts"
import type { VaultSession } from "./vault-session.ts"

/** The handlers for tokens. Those that are not about keys need no vault; in an open one, what changes a token is logged. */
export function tokenHandlers(
  session: VaultSession,
  tokens: () => Promise<TokenPort>,
  usb: UsbPort,
): HandlersOf<"token"> {
  const use = { session, crypto: keyCrypto, tokens }
  return {
    "token.adopt": adoptKey(use),
    "token.import": bringKey(use),
    "token.health": checkTokenHealth(use),
    "token.health.history": tokenHealthHistory(session),
    "token.modules": async () => ({ modules: [...(await (await tokens()).modules())] }),
    "token.modules.add": async ({ path, parameters = null }) => {
      const module = await (await tokens()).addModule(path, parameters)
      log(session, "token.modules.add", path, {})
      return module
    },
    "token.modules.remove": async ({ path }) => {
      await (await tokens()).removeModule(path)
      log(session, "token.modules.remove", path, {})
      return { path }
    },
    "token.usb": async () => ({ isWatched: usb.isWatched, devices: await listUsb(usb, await tokens()) }),
    "token.list": async () => await listTokens(await tokens(), session.isUnlocked() ? session.current() : null),
    "token.show": async ({ uri }) => await (await tokens()).find(parseTokenUri(uri)),
    "token.objects": async ({ uri, pin }) => {
      using secret = pin === undefined ? null : new Secret(pin)
      return { objects: [...(await (await tokens()).objects(parseTokenUri(uri), secret))] }
    },
    "token.init": async ({ uri, label, soPin, confirmed }) => {
      using secret = new Secret(soPin)
      const port = await tokens()
      const found = await port.find(parseTokenUri(uri))
      if (!confirmed) throw new VaultError("CONFIRMATION_REQUIRED", "everything in the token will be erased")
      const token = await port.initialise(parseTokenUri(uri), label, secret)
      log(session, "token.init", token.uri, { before: found.uri })
      return token
    },
    "token.init-pin": async ({ uri, soPin, newPin }) => {
      using so = new Secret(soPin)
      using pin = new Secret(newPin)
      const token = await (await tokens()).setUserPin(parseTokenUri(uri), so, pin)
      log(session, "token.init-pin", token.uri, {})
      return token
    },
    "token.change-pin": async ({ uri, who, pin, newPin }) => {
      using old = new Secret(pin)
      using next = new Secret(newPin)
      const token = await (await tokens()).changePin(parseTokenUri(uri), who, old, next)
      log(session, "token.change-pin", token.uri, { who })
      return token
    },
  }
}

function log(session: VaultSession, action: string, target: string, detail: Readonly<Record<string, string>>): void {
  if (!session.isUnlocked()) return
  session.current().journal.record(() => ({ entry: { action, target, detail }, result: undefined }))
}
