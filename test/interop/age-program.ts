import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { join } from "node:path"

const driver = join(import.meta.dirname, "..", "support", "on-a-terminal.py")

export function age(...args: readonly string[]): void {
  execFileSync("age", args, { stdio: ["ignore", "ignore", "pipe"] })
}

/** Decrypts into a file. Not with `-o`, which makes none when there is nothing to write. */
export function ageDecrypt(input: string, identityFile: string, output: string): void {
  const file = openSync(output, "w", 0o600)
  try {
    execFileSync("age", ["-d", "-i", identityFile, input], { stdio: ["ignore", file, "pipe"] })
  } finally {
    closeSync(file)
  }
}

/** @returns the exit status */
export function ageStatus(...args: readonly string[]): number {
  try {
    age(...args)
    return 0
  } catch (error) {
    if (error instanceof Error && "status" in error && typeof error.status === "number") return error.status
    throw error
  }
}

/** Makes an identity file at a path. @returns its recipient */
export function ageKeygen(path: string): string {
  execFileSync("age-keygen", ["-o", path], { stdio: "pipe" })
  return recipientOf(path)
}

/** The recipient of an identity file, as age-keygen sees it. */
export function recipientOf(path: string): string {
  return execFileSync("age-keygen", ["-y", path], { encoding: "utf8", stdio: "pipe" }).trim()
}

/** Runs age on a terminal, where it asks for passphrases. Each step waits for a text, then types. @returns the exit status */
export async function ageOnTerminal(
  args: readonly string[],
  steps: readonly (readonly [string, string])[],
): Promise<number> {
  const child = spawn("python3", [driver], { stdio: ["pipe", "pipe", "inherit"] })
  const chunks: Buffer[] = []
  child.stdout.on("data", (chunk) => chunks.push(chunk))
  child.stdin.end(JSON.stringify({ command: ["/usr/bin/env", "age", ...args], steps }))
  await once(child, "close")
  const { status }: { status: number } = JSON.parse(Buffer.concat(chunks).toString("utf8"))
  return status
}
