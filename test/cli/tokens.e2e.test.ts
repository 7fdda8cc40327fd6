import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isThere, run } from "../interop/program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"
import { SoftHsm } from "../token/soft-hsm.ts"

/** A token's life at the terminal: each test goes on where the one before ended. */
describe.skipIf(!isThere("softhsm2-util"))("a token, from its first day to its last", () => {
  let softHsm: SoftHsm
  let home: ClavigerHome
  let environment: Readonly<Record<string, string>>

  beforeAll(async () => {
    softHsm = new SoftHsm()
    environment = { SOFTHSM2_CONF: softHsm.configuration }
    home = await ClavigerHome.withVault()
    home.write("so-pin", "87654321\n")
    home.write("pin", "1234\n")
    home.write("new-pin", "246810\n")
    home.write("message", "what is signed")
  })

  afterAll(() => {
    home[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const done = (line: string) => home.done(line, { environment })
  const json = (line: string) => home.json(line, { environment })
  const refusal = (code: string) => ({ document: { error: { code } } })

  test("SoftHSM's library is found by itself", async () => {
    const { modules } = await done("token modules")
    expect(modules).toContainEqual(
      expect.objectContaining({
        name: "SoftHSM",
        state: "usable",
        library: expect.objectContaining({ cryptoki: "2.40" }),
      }),
    )
  })

  test("a person sees its version, and shortly what its tokens can do", async () => {
    const { stdout } = await home.run("token modules", { environment })
    expect(stdout).toMatch(/^SoftHSM +usable +2\.\d+ +\d+: RSA, EC, EdDSA, AES, HMAC +\//m)
  })

  test("a token is set up, and gets a PIN for its user", async () => {
    const { tokens } = await done("token list")
    expect(tokens).toMatchObject([{ isInitialised: false, userPin: "unset" }])
    expect(await json("token init pkcs11:serial= --label work --so-pin-file so-pin")).toMatchObject({ status: 5 })
    await done("token init pkcs11:serial= --label work --so-pin-file so-pin --yes")
    await done("token init-pin pkcs11:token=work --so-pin-file so-pin --new-pin-file pin")
    expect(await done("token show pkcs11:token=work")).toMatchObject({ label: "work", userPin: "set" })
  })

  test("a PIN is changed; the old one is refused then", async () => {
    await done("token change-pin pkcs11:token=work --pin-file pin --new-pin-file new-pin")
    expect(await json("token objects pkcs11:token=work --pin-file pin")).toMatchObject({
      status: 6,
      ...refusal("PIN_INCORRECT"),
    })
    expect(await done("token objects pkcs11:token=work --pin-file new-pin")).toEqual({ objects: [] })
  })

  test("keys are made in it, by either command", async () => {
    const one = await done("key generate one --algorithm ec-p256 --token pkcs11:token=work --pin-file new-pin")
    expect(one).toMatchObject({
      exportable: "never",
      location: expect.stringMatching(/^pkcs11:.*token=work;object=one;/),
    })
    await done("token generate pkcs11:token=work two --algorithm ed25519 --pin-file new-pin")
    const { objects } = await done("token objects pkcs11:token=work --pin-file new-pin")
    expect(objects).toHaveLength(4)
    const base64 = expect.stringMatching(/^[A-Za-z0-9+/]+=*$/)
    expect(objects).toContainEqual(expect.objectContaining({ kind: "public-key", id: base64, publicKey: base64 }))
    expect(objects).toContainEqual(expect.objectContaining({ kind: "private-key", id: base64, publicKey: null }))
  })

  test("one signs, and OpenSSL verifies it", async () => {
    await done("key sign one --in message --pin-file new-pin --out signature")
    await done("key export one --format spki-pem --public --out public.pem")
    const [key, signature, message] = ["public.pem", "signature", "message"].map((name) => home.file(name))
    const args = ["dgst", "-sha256", "-verify", `${key}`, "-signature", `${signature}`, `${message}`]
    expect(run("openssl", args).toString()).toBe("Verified OK\n")
  })

  test("without a PIN, and nobody to ask, nothing is signed", async () => {
    expect(await json("key sign one --in message")).toMatchObject({ status: 6, ...refusal("PIN_INCORRECT") })
  })

  test("the PIN may come through a descriptor", async () => {
    const { signature } = await home.done("key sign one --in message --pin-fd 3", { environment, third: "246810\n" })
    expect(signature).toEqual(expect.any(String))
  })

  test("one is rotated, and its old version verifies still", async () => {
    expect(await done("key rotate one --reason yearly --pin-file new-pin")).toMatchObject({ currentVersion: 2 })
    const line = "key verify one --in message --signature signature"
    expect(await done(line)).toMatchObject({ valid: true, keyVersion: 1 })
  })

  test("its health is looked at with its PIN and without, and what was found is kept", async () => {
    expect(await done("token health pkcs11:token=work --pin-file new-pin")).toMatchObject({
      tokens: [{ outcome: "ok", triedKeys: ["one", "two"] }],
    })
    expect(await done("token health")).toMatchObject({ tokens: [{ outcome: "ok", triedKeys: [] }] })
    const { reports } = await done("token health history pkcs11:token=work --limit 5")
    expect(reports).toHaveLength(2)
  })

  test("a person sees what was looked at", async () => {
    const { stdout } = await home.run(
      `token health pkcs11:token=work --pin-file new-pin --passphrase-file ${home.passphraseFile}`,
      { environment },
    )
    expect(stdout).toMatch(/token=work: ok\n[\s\S]*self-test +ok +its keys work: one, two/)
  })

  test("when the token is not there, its health says so, and the status too", async () => {
    const elsewhere = { environment: { SOFTHSM2_CONF: softHsm.pullOut() } }
    expect(await home.json("token health", elsewhere)).toMatchObject({
      status: 6,
      document: { tokens: [{ outcome: "failed", checks: [{ check: "present", says: "it is not there" }] }] },
    })
    softHsm.plugIn()
  })

  test("when the token is not there, the command says so, and does nothing else", async () => {
    const elsewhere = { environment: { SOFTHSM2_CONF: softHsm.pullOut() } }
    const gone = { status: 6, ...refusal("TOKEN_ABSENT") }
    expect(await home.json("key sign one --in message --pin-file new-pin", elsewhere)).toMatchObject(gone)
    expect(await home.json("key rotate one --reason r --pin-file new-pin", elsewhere)).toMatchObject(gone)
    expect(await home.json("key destroy one --now --reason r --yes --pin-file new-pin", elsewhere)).toMatchObject(gone)
    expect(await done("key show one")).toMatchObject({ currentVersion: 2, state: "active" })
  })

  test("old versions are trimmed, and keys destroyed: nothing stays in the token", async () => {
    await done("key trim one --below 2 --yes --pin-file new-pin")
    const { certificate } = await done("key destroy one --now --reason over --yes --pin-file new-pin")
    expect(certificate).toMatchObject({ method: expect.stringContaining("deleted in the token") })
    await done("key destroy two --now --reason over --yes --pin-file new-pin")
    expect(await done("token objects pkcs11:token=work --pin-file new-pin")).toEqual({ objects: [] })
  })

  test("the vault is as it should be, and its log tells all of it, without a PIN", async () => {
    expect(await done("vault verify")).toMatchObject({ ok: true })
    const log = JSON.stringify(await done("audit list --limit 500"))
    expect(log).toContain("key.destroy")
    expect(log).not.toMatch(/246810|87654321/)
  })

  test("a library that others could replace is refused", async () => {
    home.write("vendor.so", "")
    expect(await json("token modules add vendor.so")).toMatchObject({ status: 2, ...refusal("INVALID_INPUT") })
  })
})
