import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { readCommandLine } from "../../main/cli/command-line.ts"
import { spellForTerminal } from "../../main/cli/spelling.ts"
import { rotationFix } from "../../main/domain/due.ts"
import { hygieneWords } from "../../main/domain/hygiene.ts"
import { findingsUnder, type Governed } from "../../main/domain/policy.ts"
import { effectivePolicy } from "../../main/domain/policy-profiles.ts"
import { commandOn } from "../../main/domain/shell-words.ts"
import { destructionFix } from "../../main/domain/waiting-destruction.ts"
import { hygieneFindings } from "../../preload/contract/hygiene-findings.ts"

/** Names that a shell, or the command line, would take for something else. */
const names = ["payroll", "payment API", "--force", "-x", 'it\'s $HOME; `true` "quoted"', "Schlüssel", "*"]

/** As a shell splits it. */
function wordsOf(command: string): string[] {
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8", cwd: "/" })
  return printed.split("\0").slice(0, -1)
}

/** Everything that reports print as a way out of something with a key. */
function fixesFor(name: string): string[] {
  const key: Governed = {
    name,
    keyring: "personal",
    algorithm: "aes-128",
    purpose: "encryption",
    exportable: "yes",
    location: "vault",
    owner: null,
    environment: null,
    rotateEvery: null,
    state: "active",
  }
  const policy = effectivePolicy({ profile: "cnsa-2.0", required: ["owner", "environment"] })
  const spans = { unusedFor: "90d", neverRotatedFor: "2y" } as const
  const found = { ...key, row: 1, createdAt: "2026-01-01", weakness: null, others: { keys: 1, names: ["other"] } }
  return [
    ...findingsUnder(policy, key).map(({ fix }) => fix),
    ...hygieneFindings.map((finding) => hygieneWords(finding, found, spans).fix),
    rotationFix(key),
    rotationFix({ name, purpose: "wallet" }),
    destructionFix(name, true),
  ]
}

/** The commands that a fix names: each from a colon to the end of its sentence. */
function commandsIn(fix: string, name: string): string[] {
  const marked = fix.replaceAll(name, "NAME").replaceAll(name.replaceAll("'", "'\\''"), "NAME")
  return [...marked.matchAll(/: ((?:key|seed|vault) [^.]*)\./g)].map(([, command = ""]) =>
    command.replaceAll("NAME", () => (name.includes("'") ? name.replaceAll("'", "'\\''") : name)),
  )
}

test.for(names)(
  "every command that reports print about a key named %s can be pasted into a shell as it stands",
  (name) => {
    const commands = fixesFor(name).flatMap((fix) => commandsIn(fix, name))
    expect(commands.length).toBeGreaterThan(12)
    for (const command of commands) {
      const invocation = readCommandLine(wordsOf(command))
      if (invocation.kind !== "command") throw new Error(command)
      const { command: meant, given } = invocation
      expect(() => meant.prepare(given, spellForTerminal), command).not.toThrow()
      if (given["name"] !== "NEW" && "name" in given) expect(given["name"]).toBe(name)
    }
  },
)

test("an ordinary name is typed as it is, before the options", () => {
  expect(commandOn("payroll", "key set", "--owner WHO")).toBe("key set payroll --owner WHO")
})
