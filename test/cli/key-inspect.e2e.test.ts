import { execFileSync } from "node:child_process"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { ClavigerHome } from "../support/run-claviger.ts"

const Keys = z.object({ keys: z.tuple([z.object({ fingerprint: z.string() })]) })

let home: ClavigerHome

beforeAll(async () => {
  home = await ClavigerHome.withVault()
  const file = home.file("id")
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "me@desk", "-f", file])
})

afterAll(() => home[Symbol.dispose]())

test("a key file of ssh-keygen is described with the fingerprint that it gets in the vault, and is not taken", async () => {
  const inspect = { cmd: ["key", "inspect"], args: { in: home.file("id") } }
  const taking = { cmd: ["key", "import"], args: { name: "mine", in: home.file("id") } }
  const [inspected, none, taken] = await home.batch([inspect, { cmd: ["key", "list"], args: {} }, taking])
  expect(inspected).toMatchObject({
    ok: true,
    result: { format: "openssh", keys: [{ ok: true, comment: "me@desk", algorithm: "ed25519", purpose: "ssh" }] },
  })
  expect(none).toMatchObject({ ok: true, result: { keys: [] } })
  const { fingerprint } = Keys.parse(inspected?.result).keys[0]
  expect(taken).toMatchObject({ ok: true, result: { versions: [{ fingerprint }] } })
})
