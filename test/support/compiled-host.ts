import { fork } from "node:child_process"
import { once } from "node:events"
import type { TestProject } from "vitest/node"
import { hostEntry } from "../../main/token/host-process.ts"

/**
 * Has the process of a token's library leave its compiled code in NODE_COMPILE_CACHE, once before the tests: those that they start are
 * killed before they could, and to compile it takes two thirds of a start.
 */
export async function setup({ config }: TestProject): Promise<void> {
  const host = fork(hostEntry, ["no library"], {
    env: { ...process.env, ...config.env },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  const ended = once(host, "exit")
  await Promise.race([once(host, "message"), ended])
  if (host.connected) host.disconnect()
  await ended
}
