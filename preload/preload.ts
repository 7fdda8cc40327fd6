import { contextBridge, type IpcRendererEvent, ipcRenderer } from "electron"
import { announceChannel, type Bridge, invokeChannel } from "./contract/bridge.ts"

const bridge: Bridge = {
  invoke: (operation, input) => ipcRenderer.invoke(invokeChannel, operation, input),
  subscribe: (listener) => {
    const forward = (_: IpcRendererEvent, announcement: unknown) => listener(announcement)
    ipcRenderer.on(announceChannel, forward)
    // What it returns would have to be cloned for the page, and can't be.
    return () => void ipcRenderer.off(announceChannel, forward)
  },
}

contextBridge.exposeInMainWorld("claviger", bridge)
