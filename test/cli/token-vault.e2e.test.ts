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
    softHsm.token("spare", "654321")
    environment = { SOFTHSM2_CONF: softHsm.configuration }
    home = await ClavigerHome.withVault()
    home.write("pin", `${userPin}\n`)
    home.write("spare-pin", "654321\n")
    home.write("wrong-pin", "000000\n")
    home.write("second", "needed besides the token\n")
  })

  afterAll(() => {
    home[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const done = (line: string) => home.done(line, { environment })
  const json = (line: string) => home.json(line, { environment })
  const batch = async (lines: readonly object[]): Promise<unknown[]> => {
    const input = lines.map((line) => `${JSON.stringify(line)}\n`).join("")
    const { stdout } = await home.run(["batch", "--passphrase-file", home.passphraseFile], { input, environment })
    return stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line))
  }
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
      "vault slot add --token pkcs11:token=spare --pin-file spare-pin --with-passphrase --new-passphrase-file second",
    )
    const both = "--unlock-token pkcs11:token=spare --unlock-pin-file spare-pin --passphrase-file second"
    expect(await done(`vault info ${both}`)).toMatchObject({ locked: false })
    expect(
      await json("vault info --unlock-token pkcs11:token=spare --unlock-pin-file spare-pin --passphrase-file pin"),
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

  test("a token holds a keyring, whose keys want it and its PIN", async () => {
    await done("keyring create far --token pkcs11:token=work --pin-file pin")
    await done("key generate signer --algorithm ed25519 --purpose signature --keyring far --pin-file pin")
    home.write("message", "what is signed")
    expect(await done("key sign signer --in message --pin-file pin")).toMatchObject({ keyVersion: 1 })
    expect(await json("key sign signer --in message")).toMatchObject({
      status: 6,
      document: { error: { code: "PIN_INCORRECT" } },
    })
    expect(await done(`key sign signer --in message ${byToken}`)).toMatchObject({ keyVersion: 1 })
  })

  test("a command without an option for that PIN gets it with the keyring's name", async () => {
    await done("key generate mover --algorithm aes-256")
    expect(await json("key set mover --keyring far")).toMatchObject({
      status: 6,
      document: { error: { message: expect.stringContaining("--unlock-keyring with --keyring-pin-file") } },
    })
    expect(await done("key set mover --keyring far --unlock-keyring far --keyring-pin-file pin")).toMatchObject({
      keyring: "far",
    })
  })

  test("a batch logs in to it once", async () => {
    const lines = [
      { cmd: ["keyring", "unlock"], args: { name: "far", pinFile: "pin" } },
      { cmd: ["key", "rotate"], args: { name: "signer" } },
      { cmd: ["key", "sign"], args: { name: "signer", in: "message" } },
    ]
    const answers = await batch(lines)
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true, result: { keyVersion: 2 } }])
  })

  test("the PIN of a further token is not tried with the one that holds the keyring", async () => {
    expect(await json("keyring enroll far --token pkcs11:token=spare --pin-file spare-pin")).toMatchObject({
      status: 6,
      document: { error: { message: expect.stringContaining("--unlock-keyring with --keyring-pin-file") } },
    })
    // SoftHSM says so of a PIN that was last typed wrong.
    expect(await done("token show pkcs11:token=work")).toMatchObject({ userPin: "set" })
  })

  test("with two of its tokens there, a command is told whose PIN it is given", async () => {
    const pins = "--pin-file spare-pin --unlock-keyring far --keyring-pin-file pin"
    expect(await done(`keyring enroll far --token pkcs11:token=spare ${pins}`)).toMatchObject({ tokens: [{}, {}] })
    expect(await json("key sign signer --in message --pin-file pin")).toMatchObject({
      status: 2,
      document: { error: { code: "INVALID_INPUT", message: expect.stringContaining("--keyring-token") } },
    })
    const spare = "--unlock-keyring far --keyring-token pkcs11:token=spare --keyring-pin-file spare-pin"
    expect(await done(`key sign signer --in message ${spare}`)).toMatchObject({ keyVersion: 2 })
  })

  test("the first of two tokens can go", async () => {
    expect(await done("keyring withdraw far --token pkcs11:token=work --yes")).toMatchObject({
      leftInToken: expect.stringContaining("token=work"),
    })
    expect(await done("keyring rotate far --pin-file spare-pin")).toMatchObject({ kekVersion: 2, rewrapped: 3 })
    const { keyrings } = await done("keyring list")
    expect(keyrings).toContainEqual(
      expect.objectContaining({
        name: "far",
        tokens: [expect.objectContaining({ uri: expect.stringContaining("token=spare") })],
      }),
    )
  })

  test("a backup is restored by the token", async () => {
    await done("vault backup out.backup")
    const restored = await done(`vault restore out.backup --to restored.claviger ${byToken}`)
    expect(restored).toMatchObject({ verified: true })
  })
})
