import { afterEach, beforeEach, describe, expect, test } from "vitest"
import type { StartHost } from "../../main/domain/module-host.ts"
import { isThere } from "../interop/program.ts"
import { startTestedHost } from "../support/token-hosts.ts"
import { TestVault, utf8 } from "../support/vaults.ts"
import { SoftHsm, userPin } from "./soft-hsm.ts"

describe.skipIf(!isThere("softhsm2-util"))("a key that goes into a token", () => {
  let softHsm: SoftHsm
  let vault: TestVault
  /** What is done before the token is asked for something. */
  let onCall: (call: unknown, kill: () => void) => void

  beforeEach(async () => {
    onCall = () => undefined
    const startTokenHost: StartHost = (path, parameters) => {
      const host = startTestedHost(path, parameters)
      return {
        ...host,
        send(message) {
          onCall(typeof message === "object" && message !== null && "call" in message && message.call, host.kill)
          host.send(message)
        },
      }
    }
    softHsm = new SoftHsm()
    softHsm.token("work")
    vault = await TestVault.create({ startTokenHost })
    await vault.generate("ours", { exportable: "wrapped" })
  })

  afterEach(() => {
    expect(vault.bugs).toEqual([])
    vault[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const asked = () => ({ uri: "pkcs11:token=work", pin: utf8(userPin), name: "theirs", key: "ours" })
  const phases = async () => {
    const { rows } = await vault.ask("audit.list", { action: "token.import" })
    return rows.filter(({ target }) => target === "ours").map(({ outcome, detail }) => [detail["phase"], outcome])
  }

  test("is in the log before it is on its way, and once more when it is there", async () => {
    let rowsBefore: ReturnType<typeof phases> | null = null
    onCall = (call) => {
      if (call === "importKey") rowsBefore = phases()
    }
    await vault.ask("token.import", asked())
    expect(await rowsBefore).toEqual([["started", "done"]])
    expect(await phases()).toEqual([
      ["started", "done"],
      ["finished", "done"],
    ])
  })

  test("is exposed when the key that it is a copy of is compromised", async () => {
    await vault.ask("token.import", asked())
    const { blastRadius } = await vault.ask("incident.preview", { name: "ours" })
    expect(blastRadius).toMatchObject([
      { kind: "key", effect: "exposed", name: "theirs", how: "ours was copied into a token as it" },
    ])
  })

  test("is in the log also when the token's library ends meanwhile", async () => {
    onCall = (call, kill) => {
      if (call === "importKey") kill()
    }
    expect(await vault.refusal("token.import", asked())).toMatchObject({ code: "TOKEN_ERROR" })
    expect(await phases()).toEqual([
      ["started", "done"],
      ["finished", "failed"],
    ])
  })

  test("leaves no word of it where its PIN was wrong, but of the wrong PIN", async () => {
    expect(await vault.refusal("token.import", { ...asked(), pin: utf8("000000") })).toMatchObject({
      code: "PIN_INCORRECT",
    })
    expect(await phases()).toEqual([])
  })
})
