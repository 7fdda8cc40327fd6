import type { HostProcess, StartHost } from "../../main/domain/module-host.ts"
import { forkHost } from "../../main/token/host-process.ts"
import { knownModules } from "../../main/token/known-modules.ts"

/** What this machine has beside SoftHSM. */
const others = new Set(knownModules(process.platform).flatMap(({ name, paths }) => (name === "SoftHSM" ? [] : paths)))

/** The libraries of this machine would be started for each vault, and find what is this machine's: a test names those that it is about. */
export const startTestedHost: StartHost = (path, parameters) =>
  others.has(path) ? unstarted() : forkHost(path, parameters)

function unstarted(): HostProcess {
  return {
    send: () => undefined,
    onMessage: () => undefined,
    onEnd: (listen) => queueMicrotask(() => listen("no test is about it")),
    kill: () => undefined,
  }
}
