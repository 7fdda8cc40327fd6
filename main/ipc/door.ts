import type { IpcMain, IpcMainInvokeEvent } from "electron"
import { invokeChannel } from "../../preload/contract/bridge.ts"
import type { Reply } from "../../preload/contract/failure.ts"
import type { Dispatch } from "../operations/dispatch.ts"

const refused: Reply<unknown> = { ok: false, error: { code: "POLICY_DENIED", detail: "this page may not ask" } }

/**
 * The only place where a page can reach main. Answers our own top frame and nothing else. What a page sent belongs to the
 * door: its bytes, passphrases among them, are wiped once it is answered, also where nobody else got to see them. So does the
 * answer: a seed's words or recovery shares stay in main no longer than it takes to send them.
 */
export function openDoor(ipcMain: IpcMain, isOurs: (event: IpcMainInvokeEvent) => boolean, dispatch: Dispatch): void {
  ipcMain.handle(invokeChannel, async (event, operation: unknown, input: unknown) => {
    try {
      const reply = isOurs(event) ? await dispatch(operation, input) : refused
      // Electron serialises what it gets here before anything else has its turn.
      setImmediate(() => wipeBytes(reply))
      return reply
    } finally {
      wipeBytes(input)
    }
  })
}

/** No request and no answer nests deeper. */
const deepest = 4

function wipeBytes(value: unknown, depth = 0): void {
  if (value instanceof Uint8Array) value.fill(0)
  else if (typeof value === "object" && value !== null && depth < deepest) {
    for (const member of Object.values(value)) wipeBytes(member, depth + 1)
  }
}
