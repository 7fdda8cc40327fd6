import { fileURLToPath } from "node:url"
import { utilityProcess } from "electron"
import type { StartHost } from "../domain/module-host.ts"

/**
 * Electron's own process for foreign code: the packaged program can't be started as Node.js, which a fuse forbids. What it prints,
 * and what foreign code in it prints, is nobody's to read.
 * @param entry - the bundle that loads the library at the path, and tells it the parameters
 */
export function utilityHosts(entry: URL): StartHost {
  return (path, parameters) => {
    const child = utilityProcess.fork(fileURLToPath(entry), parameters === null ? [path] : [path, parameters], {
      stdio: "ignore",
      serviceName: "Claviger token host",
      // A vendor's library is signed by its vendor, if by anybody.
      ...(process.platform === "darwin" ? { allowLoadingUnsignedLibraries: true } : {}),
    })
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listen) => void child.on("message", listen),
      onEnd: (listen) => void child.once("exit", (status) => listen(`status ${status}`)),
      kill: () => endNow(child),
    }
  }
}

/** A library that hangs does not hear the signal that asks a process to end. */
function endNow(child: Electron.UtilityProcess): void {
  if (child.pid === undefined) {
    child.once("spawn", () => endNow(child))
    return
  }
  try {
    process.kill(child.pid, "SIGKILL")
  } catch {
    // It has ended by itself.
  }
}
