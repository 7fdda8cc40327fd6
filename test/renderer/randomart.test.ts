import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { randomart } from "../../renderer/features/keys/randomart.ts"

test.for([
  ["ed25519", [], "ED25519 256"],
  ["rsa", ["-b", "2048"], "RSA 2048"],
  ["ecdsa", ["-b", "384"], "ECDSA 384"],
] as const)("a fingerprint of %s looks as ssh-keygen draws it", ([type, more, title]) => {
  const folder = mkdtempSync(join(tmpdir(), "claviger-randomart-"))
  const file = join(folder, "key")
  for (let round = 0; round < 3; round += 1) {
    rmSync(file, { force: true })
    execFileSync("ssh-keygen", ["-q", "-t", type, ...more, "-N", "", "-f", file])
    const [line = "", ...art] = execFileSync("ssh-keygen", ["-lv", "-f", `${file}.pub`], { encoding: "utf8" })
      .trimEnd()
      .split("\n")
    const fingerprint = /SHA256:(\S+)/.exec(line)?.[1] ?? ""
    expect(randomart(Buffer.from(fingerprint, "base64"), title, "SHA256")).toBe(art.join("\n"))
  }
  rmSync(folder, { recursive: true })
})
