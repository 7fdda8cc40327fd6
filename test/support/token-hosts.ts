import { tmpdir } from "node:os"
import { forkHost, type HostProcess, type StartHost } from "../../main/token/host-process.ts"

/**
 * Of the libraries of this machine only SoftHSM's, and what a test has put in its folder: the others would be started for each vault, and
 * what they find would be this machine's.
 */
export const startTestedHost: StartHost = (path, parameters) =>
  /softhsm/i.test(path) || path.startsWith(tmpdir()) ? forkHost(path, parameters) : unstarted()

function unstarted(): HostProcess {
  return {
    send: () => undefined,
    onMessage: () => undefined,
    onEnd: (listen) => queueMicrotask(() => listen("no test is about it")),
    kill: () => undefined,
  }
}
