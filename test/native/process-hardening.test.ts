import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { constants } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { RunningProgram } from "../support/running-program.ts"

const asRoot = process.platform === "linux" && process.getuid?.() === 0
/** What remains is what a program has against another of the same user. */
const asPlainUser = ["setpriv", "--bounding-set=-sys_ptrace"]
const program = join(import.meta.dirname, "programs", "harden-when-told.ts")

/** Opening /proc/PID/mem asks the kernel the same question as attaching a debugger: ptrace(2), "access mode checking". */
function mayReadMemoryOf(pid: number): boolean {
  const [command = "", ...options] = asPlainUser
  return spawnSync(command, [...options, "sh", "-c", `: < /proc/${pid}/mem`]).status === 0
}

function coreLimitOf(pid: number): readonly string[] {
  const limits = readFileSync(`/proc/${pid}/limits`, "utf8")
  return /^Max core file size +(\S+) +(\S+)/m.exec(limits)?.slice(1) ?? []
}

test.skipIf(!asRoot)("another program of the same user may read the process before, and not after", async () => {
  await using target = RunningProgram.start(program, asPlainUser)
  await target.hear()
  expect(mayReadMemoryOf(target.pid)).toBe(true)
  target.tell("harden")
  expect(await target.hear()).toEqual({ coreDumps: "off", debugger: "off", reasons: [] })
  expect(mayReadMemoryOf(target.pid)).toBe(false)
})

test.skipIf(process.platform !== "linux")("no core file is written, and the limit cannot be raised again", async () => {
  await using target = RunningProgram.start(program, ["prlimit", "--core=1048576:1048576"])
  await target.hear()
  expect(coreLimitOf(target.pid)).toEqual(["1048576", "1048576"])
  target.tell("harden")
  await target.hear()
  expect(coreLimitOf(target.pid)).toEqual(["0", "0"])
})

test.skipIf(process.platform === "win32")("hardening twice is no different from hardening once", async () => {
  await using target = RunningProgram.start(program)
  await target.hear()
  target.tell("harden")
  const first = await target.hear()
  target.tell("harden")
  expect(await target.hear()).toEqual(first)
})

/** Signals that the process ignores (proc(5)): a mask in which the lowest bit is signal 1. */
function ignores(pid: number, signal: number): boolean {
  const mask = /^SigIgn:\s+([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0"
  return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n
}

test("Node's own debugger, when it is open, is closed", async () => {
  await using target = RunningProgram.start(program, ["env", "NODE_OPTIONS=--inspect=127.0.0.1:0"])
  await target.hear()
  target.tell("debugger?")
  expect(await target.hear()).toBe(true)
  target.tell("harden")
  await target.hear()
  target.tell("debugger?")
  expect(await target.hear()).toBe(false)
})

test.skipIf(process.platform !== "linux")("the signal on which Node opens its debugger is ignored", async () => {
  await using target = RunningProgram.start(program)
  await target.hear()
  expect(ignores(target.pid, constants.signals.SIGUSR1)).toBe(false)
  target.tell("harden")
  await target.hear()
  expect(ignores(target.pid, constants.signals.SIGUSR1)).toBe(true)
})
