import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { formatTokenUri } from "../../main/domain/token-uri.ts"
import type { KeyAlgorithm, Purpose } from "../../preload/contract/values.ts"
import { isThere } from "../interop/program.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, softHsmModule, userPin } from "./soft-hsm.ts"

const remoting = "/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so"

/** p11-kit passes on only the mechanisms that it knows: what is behind it looks like a token that can do less. */
describe.skipIf(!isThere("softhsm2-util") || !isThere("p11-kit") || !existsSync(remoting))(
  "a token that can do less",
  () => {
    let softHsm: SoftHsm
    let vault: TestVault
    let server: ChildProcess
    const token = formatTokenUri({ token: "work", modulePath: remoting })

    beforeAll(async () => {
      softHsm = new SoftHsm()
      softHsm.token("work")
      const socket = softHsm.file("p11-kit")
      const args = ["server", "--foreground", "-n", socket, "--provider", softHsmModule, "pkcs11:token=work"]
      server = spawn("p11-kit", args, { stdio: ["ignore", "pipe", "ignore"] })
      // It says where it listens once it does.
      if (server.stdout !== null) await once(server.stdout, "data")
      process.env["P11_KIT_SERVER_ADDRESS"] = `unix:path=${socket}`
      vault = await TestVault.create()
      await vault.ask("token.modules.add", { path: remoting })
    })

    afterAll(() => {
      expect(vault.bugs).toEqual([])
      vault[Symbol.dispose]()
      delete process.env["P11_KIT_SERVER_ADDRESS"]
      server.kill()
      softHsm[Symbol.dispose]()
    })

    const wanted = (algorithm: KeyAlgorithm, purpose: Purpose) =>
      ({ name: `${algorithm}-${purpose}`, algorithm, purpose, token, pin: utf8(userPin) }) as const

    test.for([
      ["aes-256", "encryption", "rsa-2048, rsa-3072, rsa-4096"],
      ["aes-256", "key-wrapping", "rsa-2048, rsa-3072, rsa-4096"],
      ["ed25519", "signature", "rsa-2048, rsa-3072, rsa-4096, ec-p256, ec-p384, ec-p521, ec-secp256k1"],
      ["ec-p256", "key-agreement", "none"],
    ] as const)("%s for %s is refused by name, and these are offered: %s", async ([algorithm, purpose, others]) => {
      expect(await vault.refusal("key.generate", wanted(algorithm, purpose))).toMatchObject({
        code: "INVALID_INPUT",
        detail: `purpose: in this token, keys of ${algorithm} don't serve ${purpose}; these do: ${others}`,
      })
    })

    test.for([
      ["rsa-2048", "encryption"],
      ["rsa-2048", "key-wrapping"],
    ] as const)("%s for %s is made, and opens data keys", async ([algorithm, purpose]) => {
      const { name } = await vault.ask("key.generate", wanted(algorithm, purpose))
      const { wrapped, plaintext } = await vault.ask("key.datakey", { name })
      expect(await vault.ask("key.unwrap", { name, wrapped: utf8(wrapped) })).toMatchObject({ plaintext })
    })

    test("what can't be brought in encrypted is not brought in at all", async () => {
      await vault.ask("key.generate", { name: "stays-out", algorithm: "ec-p256", exportable: "wrapped" })
      const asked = { uri: token, name: "inside", key: "stays-out", pin: utf8(userPin) }
      expect(await vault.refusal("token.import", asked)).toMatchObject({
        code: "INVALID_INPUT",
        detail: "token: it has no AES key wrap with padding (RFC 5649)",
      })
    })
  },
)
