import { spawn } from "node:child_process"

/** What went wrong while setting up, in words for the person at the terminal; no stack trace helps them. */
export class SetupError extends Error {}

const forwardedSignals = process.platform === "win32" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"]

/**
 * Runs a program to its end on our terminal, passing signals on.
 * @returns its exit status; 128 for one that a signal ended
 */
export function run(command, args, { cwd, env = process.env, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: "inherit" })
    const forwards = forwardedSignals.map((signal) => [signal, () => child.kill(signal)])
    for (const [signal, forward] of forwards) process.on(signal, forward)
    const settle = () => {
      for (const [signal, forward] of forwards) process.off(signal, forward)
    }
    child.once("error", (error) => {
      settle()
      reject(new SetupError(`${command} could not be started: ${error.message}`))
    })
    child.once("close", (status) => {
      settle()
      resolve(status ?? 128)
    })
  })
}

/** Runs one step of the set-up and stops everything where it fails. */
export async function runStep(title, command, args, options) {
  console.error(`▸ ${title}`)
  const status = await run(command, args, options)
  if (status !== 0) throw new SetupError(`${title}: failed (exit status ${status}): ${command} ${args.join(" ")}`)
}

/** Runs the main function of a script; its number is the exit status, its SetupError one readable line. */
export async function main(script) {
  try {
    process.exitCode = await script()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`✖ ${error.message}`)
    process.exitCode = 1
  }
}
