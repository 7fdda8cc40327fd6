import type { IpcMain, IpcMainInvokeEvent } from "electron"
import { invokeChannel } from "../../preload/contract/bridge.ts"
import type { Reply } from "../../preload/contract/failure.ts"
import type { Dispatch } from "../operations/dispatch.ts"

const refused: Reply<unknown> = { ok: false, error: { code: "POLICY_DENIED", detail: "this page may not ask" } }

/** The only place where a page can reach main. Answers our own top frame and nothing else. */
export function openDoor(ipcMain: IpcMain, isOurs: (event: IpcMainInvokeEvent) => boolean, dispatch: Dispatch): void {
  ipcMain.handle(invokeChannel, (event, operation: unknown, input: unknown) => {
    return isOurs(event) ? dispatch(operation, input) : refused
  })
}
