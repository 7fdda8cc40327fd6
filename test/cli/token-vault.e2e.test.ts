import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isThere } from "../interop/program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"
import { SoftHsm, userPin } from "../token/soft-hsm.ts"

/** At the terminal: each test goes on where the one before ended. */
describe.skipIf(!isThere("softhsm2-util"))("a vault that tokens have a part in", () => {
  let softHsm: SoftHsm
  let home: ClavigerHome
  let environment: Readonly<Record<string, string>>

  beforeAll(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    softHsm.token("spare")
    environment = { SOFTHSM2_CONF: softHsm.configuration }
    home = await ClavigerHome.withVault()
    home.write("pin", `${userPin}\n`)
    home.write("wrong-pin", "000000\n")
    home.write("second", "needed besides the token\n")
  })

  afterAll(() => {
    home[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const done = (line: string) => home.done(line, { environment })
  const json = (line: string) => home.json(line, { environment })
  const byToken = "--unlock-token pkcs11:token=work --unlock-pin-file pin"

  test("a token gets a keyslot, and opens it", async () => {
    const { slot } = await done("vault slot add --token pkcs11:token=work --pin-file pin --label daily")
    expect(slot).toMatchObject({ kind: "token", label: "daily", token: expect.stringContaining("token=work") })
    expect(await done(`vault info ${byToken}`)).toMatchObject({ locked: false })
    expect(await json("vault info --unlock-token pkcs11: --unlock-pin-file wrong-pin")).toMatchObject({
      status: 6,
      document: { error: { code: "PIN_INCORRECT" } },
    })
  })

  test("a token and a passphrase get one together", async () => {
    await done(
      "vault slot add --token pkcs11:token=spare --pin-file pin --with-passphrase --new-passphrase-file second",
    )
    const both = "--unlock-token pkcs11:token=spare --unlock-pin-file pin --passphrase-file second"
    expect(await done(`vault info ${both}`)).toMatchObject({ locked: false })
    expect(
      await json("vault info --unlock-token pkcs11:token=spare --unlock-pin-file pin --passphrase-file pin"),
    ).toMatchObject({
      status: 3,
      document: { error: { code: "WRONG_PASSPHRASE" } },
    })
  })

  test("a vault opens to none of them while they are away, and says so", async () => {
    environment = { SOFTHSM2_CONF: softHsm.pullOut() }
    expect(await json(`vault info ${byToken}`)).toMatchObject({
      status: 6,
      document: { error: { code: "TOKEN_ABSENT", message: expect.stringContaining("token work") } },
    })
    softHsm.plugIn()
    environment = { SOFTHSM2_CONF: softHsm.configuration }
  })

  test("a backup is restored by the token", async () => {
    await done("vault backup out.backup")
    const restored = await done(`vault restore out.backup --to restored.claviger ${byToken}`)
    expect(restored).toMatchObject({ verified: true })
  })
})
