import { type ChildProcess, type ForkOptions, fork } from "node:child_process"
import type { StartHost } from "../domain/module-host.ts"
import { Wakefulness } from "./wakefulness.ts"

/** As long as libraries take that need no card: an RSA signature, in milliseconds. */
const answerExpected = 2

/** The host lies beside this file, as its source or, in the bundle, built. */
export const hostEntry = new URL(
  import.meta.url.endsWith(".ts") ? "./token-host.ts" : "./token-host.js",
  import.meta.url,
)

/** A process of Node.js. */
export const forkHost: StartHost = forkHostWith({ execArgv: [] })

/** @param program - what runs the host, where that is not Node.js by itself */
export function forkHostWith(program: Pick<ForkOptions, "execPath" | "execArgv" | "env">): StartHost {
  return (path, parameters) => {
    const child: ChildProcess = fork(hostEntry, parameters === null ? [path] : [path, parameters], {
      ...program,
      serialization: "advanced",
      // What it prints, and what foreign code in it prints, is not for our standard output.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    // It must not keep main alive while nobody waits for an answer.
    child.unref()
    child.channel?.unref()
    const wakefulness = new Wakefulness(answerExpected)
    return {
      send(message) {
        child.send(message as object, () => undefined)
        wakefulness.begin()
      },
      onMessage(listen) {
        child.on("message", (message) => {
          wakefulness.end()
          listen(message)
        })
      },
      onEnd(listen) {
        child.once("error", (error) => listen(error.message))
        child.once("exit", (status, signal) => listen(signal ?? `status ${status}`))
      },
      kill: () => void child.kill("SIGKILL"),
    }
  }
}
