import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { isThere, run } from "../interop/program.ts"
import { ClavigerHome } from "../support/run-claviger.ts"
import { SoftHsm, softHsmModule } from "../token/soft-hsm.ts"

/** What keys in tokens do, at the terminal, each command in a process of its own. */
describe.skipIf(!isThere("softhsm2-util") || !isThere("pkcs11-tool"))("keys in a token, at the terminal", () => {
  let softHsm: SoftHsm
  let home: ClavigerHome
  let environment: Readonly<Record<string, string>>

  beforeAll(async () => {
    softHsm = new SoftHsm()
    softHsm.token("work")
    environment = { SOFTHSM2_CONF: softHsm.configuration }
    home = await ClavigerHome.withVault()
    home.write("pin", "123456\n")
    home.write("message", "the message")
  })

  afterAll(() => {
    home[Symbol.dispose]()
    softHsm[Symbol.dispose]()
  })

  const done = (line: string) => home.done(line, { environment })
  const json = (line: string) => home.json(line, { environment })
  const withPin = (line: string) => done(`${line} --pin-file pin`)
  const make = (name: string, algorithm: string, purpose: string) =>
    withPin(`key generate ${name} --algorithm ${algorithm} --purpose ${purpose} --token pkcs11:token=work`)
  const content = (name: string) => readFileSync(home.file(name), "utf8")

  test.for(["aes-256", "rsa-2048"])("%s encrypts, and decrypts after a rotation", async (algorithm) => {
    await make(`c-${algorithm}`, algorithm, "encryption")
    await withPin(`key encrypt c-${algorithm} --in message --out ${algorithm}.token`)
    await withPin(`key rotate c-${algorithm}`)
    expect(await withPin(`key decrypt c-${algorithm} --in ${algorithm}.token --out ${algorithm}.txt`)).toMatchObject({
      keyVersion: 1,
    })
    expect(content(`${algorithm}.txt`)).toBe("the message")
  })

  test("without a PIN nothing is decrypted, and the log has no denial of it; a wrong one is a denial", async () => {
    expect(await json("key decrypt c-aes-256 --in aes-256.token")).toMatchObject({ status: 6 })
    home.write("wrong-pin", "000000\n")
    expect(await json("key decrypt c-aes-256 --in aes-256.token --pin-file wrong-pin")).toMatchObject({
      status: 6,
      document: { error: { code: "PIN_INCORRECT" } },
    })
    const { rows } = await done("audit list --limit 500")
    const denials = JSON.stringify(rows).match(/"outcome":"denied"/g)
    expect(denials).toHaveLength(1)
  })

  test("a file of any size is encrypted for it, and comes back", async () => {
    const size = 3 * 1024 * 1024
    home.write("large", "x".repeat(size))
    await withPin("file encrypt --in large --out large.age --key c-aes-256")
    expect(await withPin("file decrypt --in large.age --out large.back")).toMatchObject({ key: { name: "c-aes-256" } })
    expect(content("large.back")).toHaveLength(size)
    await withPin("key encrypt c-rsa-2048 --in large --out large.rsa.age")
    await withPin("key decrypt c-rsa-2048 --in large.rsa.age --out large.rsa")
    expect(content("large.rsa")).toHaveLength(size)
  })

  test("data keys are wrapped, unwrapped and moved on", async () => {
    await make("kek", "aes-256", "key-wrapping")
    const { plaintext, wrapped } = await withPin("key datakey kek")
    home.write("data.key", `${wrapped}\n`)
    await withPin("key rotate kek")
    await withPin("key rewrap kek --in data.key --out data.key --force")
    expect(await withPin("key unwrap kek --in data.key")).toMatchObject({ plaintext, keyVersion: 2 })
  })

  test("bytes are wrapped as other programs do", async () => {
    home.write("secret", "16 bytes of key.")
    const { wrapped } = await withPin("key wrap kek --in secret --mechanism aes-kwp --out secret.kwp")
    expect(wrapped).toBeUndefined()
    await withPin("key unwrap kek --in secret.kwp --mechanism aes-kwp --out secret.back")
    expect(content("secret.back")).toBe("16 bytes of key.")
  })

  test("messages are authenticated, and verified", async () => {
    await make("hook", "hmac-sha256", "mac")
    await withPin("key mac hook --in message --out tag")
    expect(await withPin("key verify hook --in message --signature tag")).toMatchObject({ valid: true })
    home.write("other", "another message")
    expect(await json("key verify hook --in other --signature tag --pin-file pin")).toMatchObject({ status: 7 })
  })

  test("a secret is agreed on", async () => {
    await make("meeting", "ec-p256", "key-agreement")
    await done("key generate other --algorithm ec-p256 --purpose key-agreement")
    await done("key export other --format spki-pem --public --out other.pem")
    await done("key export meeting --format spki-pem --public --out meeting.pem")
    const { derived } = await withPin("key derive meeting --peer other.pem")
    expect(await done("key derive other --peer meeting.pem")).toMatchObject({ derived })
  })

  test("a key that is there already is adopted, with what is wrong about it", async () => {
    const tool = ["--module", softHsmModule, "--token-label", "work", "--login", "--pin", "123456"]
    const wanted = ["--keypairgen", "--key-type", "rsa:2048", "--usage-sign", "--usage-decrypt", "--id", "77"]
    execFileSync("pkcs11-tool", [...tool, ...wanted, "--label", "old"], {
      stdio: "pipe",
      env: { ...process.env, ...environment },
    })
    const adopted = await withPin("token adopt pkcs11:token=work;object=old signer --purpose signature")
    expect(adopted).toMatchObject({ origin: "imported", findings: [{ rule: "token-key-several-jobs" }] })
    expect(await json("token adopt pkcs11:token=work;id=%77 again --pin-file pin")).toMatchObject({ status: 4 })
    await withPin("key sign signer --in message --mechanism rsa-pkcs1-sha256 --out old.sig")
    await done("key export signer --format spki-pem --public --out old.pem")
    const [key, signature, message] = ["old.pem", "old.sig", "message"].map((name) => home.file(name))
    const args = ["dgst", "-sha256", "-verify", `${key}`, "-signature", `${signature}`, `${message}`]
    expect(run("openssl", args).toString()).toBe("Verified OK\n")
  })

  test("a key of the vault is put there, when it may leave", async () => {
    await done("key generate traveller --algorithm ec-p384 --exportable wrapped")
    const there = await withPin("token import pkcs11:token=work there --key traveller")
    expect(there).toMatchObject({ warnings: [expect.stringContaining("CKA_LOCAL")], exportable: "never" })
    await withPin("key sign there --in message --out there.sig")
    expect(await done("key verify traveller --in message --signature there.sig")).toMatchObject({ valid: true })
    expect(await json("token import pkcs11:token=work no --key other --pin-file pin")).toMatchObject({ status: 5 })
  })

  test("a person hears that everybody knows the PIN, and the log notes it", async () => {
    const { stderr } = await home.run("token objects pkcs11:token=work --pin-file pin", { environment })
    expect(stderr).toMatch(/the PIN of pkcs11:.* is one that tokens come with \(YubiKey PIV; OpenPGP card/)
    const { rows } = await done("audit list --action token.factory-pin")
    expect(rows).not.toEqual([])
  })

  test("the vault is as it should be, and its log holds no PIN and no message", async () => {
    expect(await done("vault verify")).toMatchObject({ ok: true })
    const log = JSON.stringify(await done("audit list --limit 500"))
    expect(log).not.toMatch(/123456"|the message/)
  })
})
