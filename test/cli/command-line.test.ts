import fc from "fast-check"
import { expect, test } from "vitest"
import { type Invocation, readCommandLine } from "../../main/cli/command-line.ts"
import { commandTable } from "../../main/cli/command-table.ts"
import { spelledForTerminal, spellForTerminal } from "../../main/cli/spelling.ts"
import { VaultError } from "../../main/domain/vault-error.ts"

function commandOf(line: string): Extract<Invocation, { kind: "command" }> {
  const invocation = readCommandLine(line.split(" "))
  if (invocation.kind !== "command") throw new Error(`help, not a command: ${line}`)
  return invocation
}

test("a command gets its arguments and options", () => {
  const { command, given } = commandOf("key generate payroll --algorithm aes-256 --rotate-every=90d --tag a --tag=b=c")
  expect(command.path).toEqual(["key", "generate"])
  expect(given).toEqual({ name: "payroll", algorithm: "aes-256", rotateEvery: "90d", tag: ["a", "b=c"] })
})

test.for([
  "--json --vault /v vault slot list",
  "vault --json slot --vault /v list",
  "vault slot list --vault=/v --json",
])("global options stand anywhere: %s", (line) => {
  const { command, given, options } = commandOf(line)
  expect(command.path).toEqual(["vault", "slot", "list"])
  expect(given).toEqual({})
  expect(options).toMatchObject({ vault: "/v", json: true, yes: false })
})

test("after -- nothing is an option, and - alone never is", () => {
  expect(commandOf("key show --json -- --yes")).toMatchObject({ given: { name: "--yes" }, options: { yes: false } })
  expect(commandOf("key sign a --in - --out -").given).toEqual({ name: "a", in: "-", out: "-" })
})

test("the word after an option is its value, whatever it looks like", () => {
  const { given, options } = commandOf("key destroy a --now --reason --yes")
  expect(given).toEqual({ name: "a", now: true, reason: "--yes" })
  expect(options.yes).toBe(false)
})

test("a field has its other spelling", () => {
  expect(commandOf("key set a --name b --no-owner").given).toEqual({ name: "a", rename: "b", noOwner: true })
  expect(commandOf("key verify a --in m --sig s").given).toEqual({ name: "a", in: "m", signature: "s" })
})

test.for([
  ["", "a command is missing"],
  ["vault slot", "vault slot needs a verb: list, add, remove"],
  ["keyring --json", "keyring needs a verb: list, create, unlock, enroll, withdraw, rotate, policy"],
  ["key frobnicate a --reason b", "there is no command of that name"],
  ["keyring --nope", "--nope is not known here"],
  ["key frobnicate", "there is no command of that name"],
  ["generate key", "there is no command of that name"],
  ["vault lock", "there is no command of that name"],
  ["key show a b", "there are too many arguments"],
  ["key show a --nope", "--nope is not known here"],
  ["key show a --passphrase=hunter2", "--passphrase is not known here"],
  ["key show a --Hunter2", "an option is not known here"],
  ["key show a -x", "an option is not known here"],
  ["key show a --constructor", "--constructor is not known here"],
  ["key generate a --algorithm", "--algorithm needs a value"],
  ["key list --due=yes", "--due takes no value"],
  ["vault info --passphrase-file a --passphrase-fd 0", "--passphrase-file and --passphrase-fd are both given"],
  ["help key frobnicate", "there is no command of that name"],
] as const)("`%s` is refused: %s", ([line, detail]) => {
  const read = () => readCommandLine(line.split(" ").filter((word) => word !== ""))
  expect(read).toThrow(expect.objectContaining({ code: "USAGE", detail }))
})

test("what was not UTF-8 before Node.js read it is refused", () => {
  expect(() => commandOf("key show caf\ufffd")).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }))
})

test("what is missing is named as it is typed", () => {
  const { command, given } = commandOf("key generate a")
  const prepare = () => command.prepare(given, spellForTerminal)
  expect(prepare).toThrow(expect.objectContaining({ code: "USAGE", detail: "--algorithm is missing" }))
})

test.for([
  ["rotateEvery: is not a duration", "--rotate-every: is not a duration"],
  ["tags.1: is too small", "--tag: is too small"],
  ["name: is empty", "NAME: is empty"],
  ["algorithmus: is a word", "algorithmus: is a word"],
  ["line 1: is not JSON", "line 1: is not JSON"],
] as const)("what begins with a field's name says it as it is typed: %s", ([detail, expected]) => {
  const { command } = commandOf("key generate a --algorithm aes-256")
  const spelled = (code: "INVALID_INPUT" | "POLICY_DENIED") =>
    spelledForTerminal(new VaultError(code, detail), command.fields)
  expect(spelled("INVALID_INPUT")).toMatchObject({ detail: expected })
  // There, the first word is a rule's.
  expect(spelled("POLICY_DENIED")).toMatchObject({ detail })
})

test.for([
  ["key destroy a --now --after 30d --reason r", "--now or --after, not both"],
  ["key export a --format raw --out f", "one of --public, --to, --out-passphrase-file and --plaintext is needed"],
  ["key export a --format raw --plaintext", "--out is missing; - is standard output"],
  ["key import a --in f --mechanism aes-kwp", "--wrapped-by is missing"],
  ["key relate a", "one of --protects, --wraps and --depends-on is needed"],
  ["key relate a --wraps b --protects c", "one of --protects, --wraps and --depends-on is needed"],
  ["key set a --owner b --no-owner", "owner: is given and taken away at once"],
  ["key wrap a", "one of --key and --in is needed"],
  ["key wrap a --key b --in f", "one of --key and --in is needed"],
  ["key derive a --as b", "--as and --algorithm go together"],
  ["key derive a --purpose mac", "--as and --algorithm go together"],
  ["seed destroy a --now --after 30d --reason r", "--now or --after, not both"],
  ["seed export a --to age1x", "--out is missing; - is standard output"],
  ["seed export a --out f", "one of --to and --out-passphrase-file is needed"],
  ["keyring create a --pin-file f", "a PIN goes with --token"],
  ["vault slot add --pin-file f", "a PIN and --with-passphrase go with --token"],
  [
    "vault slot add --token pkcs11: --recovery 2of3 --shares-out d",
    "a keyslot has a token or recovery shares, not both",
  ],
  [
    "vault slot add --token pkcs11: --new-passphrase-file f",
    "a passphrase besides the token goes with --with-passphrase",
  ],
  ["vault create --shares-out f", "--shares-out goes with --recovery"],
  ["vault kdf", "one of --calibrate and --set is needed"],
  ["vault kdf --calibrate --set x", "one of --calibrate and --set is needed"],
  ["vault slot add --shares-out f", "--shares-out goes with --recovery"],
  ["vault slot add --recovery 2of3 --new-passphrase-file f", "a keyslot has a passphrase or recovery shares, not both"],
] as const)("`%s` is refused before anybody is asked for a passphrase: %s", ([line, detail]) => {
  const { command, given } = commandOf(line)
  const prepare = () => command.prepare(given, spellForTerminal)
  expect(prepare).toThrow(expect.objectContaining({ code: "USAGE", detail }))
})

test("whatever is typed is a command, help, or a failure that is not our bug", () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom(...commandTable.flatMap(({ path }) => path), "help", "--", "--json", "--help", "--vault", "-"),
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (argv) => {
      try {
        readCommandLine(argv)
      } catch (error) {
        expect(error).toBeInstanceOf(VaultError)
        expect(error).toMatchObject({ code: expect.stringMatching(/^(USAGE|INVALID_INPUT)$/) })
      }
    }),
  )
})
