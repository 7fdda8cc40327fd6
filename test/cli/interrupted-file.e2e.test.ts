import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { readdirSync, watch } from "node:fs"
import { open } from "node:fs/promises"
import { expect, test } from "vitest"
import { ClavigerHome, program } from "../support/run-claviger.ts"

test("a file that is not finished when the program is stopped is not left lying about", async () => {
  using home = await ClavigerHome.withVault()
  await home.done("key generate archive --algorithm aes-256")
  const pipe = home.file("pipe")
  execFileSync("mkfifo", [pipe])
  const places = home.folder("out")
  const partial = once(watch(places), "change")

  const words = ["file", "encrypt", "--in", pipe, "--out", `${places}/file.age`, "--key", "archive"]
  const child = spawn(process.execPath, [program, ...words, "--passphrase-file", home.passphraseFile], {
    env: home.environment,
    stdio: "ignore",
  })
  const writer = await open(pipe, "w")
  await writer.write(new Uint8Array(100_000))
  await partial
  expect(readdirSync(places)).toEqual([expect.stringMatching(/^\.file\.age\..*\.part$/)])

  child.kill("SIGINT")
  expect(await once(child, "exit")).toEqual([null, "SIGINT"])
  await writer.close()
  expect(readdirSync(places)).toEqual([])
})
