import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "./fixture.ts"
import { emptyVault } from "./vault-plan.ts"

test.use({
  plan: {
    ...emptyVault,
    steps: [
      ["key.generate", { name: "release", algorithm: "ed25519", purpose: "signature" }],
      ["key.generate", { name: "webhook", algorithm: "hmac-sha256", purpose: "mac" }],
      ["key.generate", { name: "notes", algorithm: "aes-256", purpose: "encryption" }],
      ["key.generate", { name: "kek", algorithm: "aes-256", purpose: "key-wrapping" }],
      ["key.generate", { name: "inbox", algorithm: "x25519", purpose: "encryption" }],
      ["key.generate", { name: "paused", algorithm: "ed25519", purpose: "signature" }],
      ["key.suspend", { name: "paused", reason: "under review" }],
    ],
  },
})

const secret = "the vault opens at noon"

test("a text is signed and verified, and another text is not", async ({ openApp }) => {
  const key = openApp.key("release")
  await key.show("Use")
  const signature = await key.sign("build 42")
  expect(Buffer.from(signature, "base64")).toHaveLength(64)
  await key.verify("build 42", signature)
  await expect(key.use("Verify")).toContainText("✓ The signature is right: version 1 made it.")
  await key.verify("build 43", signature)
  await expect(key.use("Verify")).toContainText("✕ The signature does not fit")
})

test("a file is signed into a file that openssl verifies with the exported public key", async ({ openApp }) => {
  const [file, signature, publicKey] = ["app.tar", "app.tar.sig", "release.pem"].map((name) => join(openApp.home, name))
  if (file === undefined || signature === undefined || publicKey === undefined) throw new Error("three names")
  writeFileSync(file, "any bytes\0at all")
  const key = openApp.key("release")
  await key.show("Use")
  await key.chooseFile("Sign", "Use a file…", file)
  await expect(key.use("Sign")).toContainText("the file app.tar")
  await key.use("Sign").getByRole("button", { name: "Sign", exact: true }).click()
  await key.resultOf("Sign")
  await openApp.answerDialog(signature)
  await key.use("Sign").getByRole("button", { name: "Save to a file…" }).click()
  await expect(key.use("Sign")).toContainText(`saved to ${signature}`)
  await openApp.answerDialog(publicKey)
  await key.press("Export…")
  await openApp.button("Choose a file and export").click()
  await expect(openApp.dialog("Export release")).toBeHidden()
  const verify = ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", publicKey, "-in", file, "-sigfile", signature]
  expect(execFileSync("openssl", verify, { encoding: "utf8" })).toContain("Verified Successfully")
})

test("a MAC key authenticates, and says when a tag does not fit", async ({ openApp }) => {
  const key = openApp.key("webhook")
  await key.show("Use")
  await key.use("Authenticate").getByLabel("Text to authenticate").fill("body")
  await key.use("Authenticate").getByRole("button", { name: "Compute the tag" }).click()
  const tag = await key.resultOf("Authenticate")
  await key.verify("body", tag)
  await expect(key.use("Verify")).toContainText("✓ The tag is right")
})

test("a text becomes a token, and is read again only while a button is held", async ({ openApp }) => {
  const key = openApp.key("notes")
  await key.show("Use")
  const token = await key.encrypt(secret)
  expect(token).toMatch(/^claviger:1:/)
  await expect(key.use("Encrypt").getByLabel("Text to encrypt")).toHaveValue("")
  expect(await openApp.page.content()).not.toContain(secret)
  await key.decrypt(token)
  await expect(key.use("Decrypt")).toContainText("Opened by version 1.")
  await expect(key.secret("What was encrypted")).toHaveCount(0)
  const release = await key.hold("Decrypt")
  await expect(key.secret("What was encrypted")).toHaveText(secret)
  expect(await openApp.machine.isShielded()).toBe(true)
  await release()
  await expect(key.secret("What was encrypted")).toHaveCount(0)
  expect(await openApp.page.content()).not.toContain(secret)
})

test("what was decrypted is gone after half a minute, and when the window is left", async ({ openApp }) => {
  const key = openApp.key("notes")
  await key.show("Use")
  const token = await key.encrypt(secret)
  await openApp.page.clock.install()
  await key.decrypt(token)
  await expect(openApp.button("Hold to show")).toBeVisible()
  await openApp.page.clock.fastForward(30_000)
  await expect(key.use("Decrypt")).toContainText("It is gone from this window.")
  await key.decrypt(token)
  await expect(openApp.button("Hold to show")).toBeVisible()
  await openApp.page.evaluate(() => window.dispatchEvent(new Event("blur")))
  await expect(openApp.button("Hold to show")).toBeHidden()
  await expect.poll(() => openApp.machine.isShielded()).toBe(false)
})

test("what was decrypted is saved to a file that only its owner may read", async ({ openApp }) => {
  const key = openApp.key("notes")
  const file = join(openApp.home, "notes.txt")
  await key.show("Use")
  await key.decrypt(await key.encrypt(secret))
  await openApp.answerDialog(file)
  await key.use("Decrypt").getByRole("button", { name: "Save to a file…" }).click()
  await expect(key.use("Decrypt")).toContainText(`saved to ${file}`)
  expect(readFileSync(file, "utf8")).toBe(secret)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test("a token of another key is refused where it was pasted", async ({ openApp }) => {
  const key = openApp.key("notes")
  await key.show("Use")
  await key.decrypt("claviger:1:nonsense")
  await expect(key.use("Decrypt").getByRole("alert")).toContainText("The input can't be used.")
})

test("a data key is wrapped, and shown only while a button is held; or only wrapped", async ({ openApp }) => {
  const key = openApp.key("kek")
  await key.show("Use")
  await key.use("Data key").getByRole("button", { name: "Make a data key" }).click()
  expect(await key.resultOf("Data key")).toMatch(/^claviger:1:/)
  const release = await key.hold("Data key")
  await expect(key.secret("The data key")).toHaveText(/^[0-9a-f]{64}$/)
  await release()
  await key.use("Data key").getByRole("switch", { name: "Only wrapped" }).check()
  await key.use("Data key").getByRole("button", { name: "Make a data key" }).click()
  await expect(openApp.button("Hold to show")).toHaveCount(0)
  expect(await key.resultOf("Data key")).toMatch(/^claviger:1:/)
})

test("a file is encrypted and decrypted from place to place", async ({ openApp }) => {
  const file = join(openApp.home, "letter.txt")
  writeFileSync(file, secret)
  const key = openApp.key("inbox")
  await key.show("Use")
  await openApp.answerDialogs([file], [`${file}.age`])
  await key.press("Encrypt a file…")
  await expect(key.use("Encrypt")).toContainText(`✓ Written to ${file}.age`)
  expect(readFileSync(`${file}.age`, "latin1")).toMatch(/^age-encryption/)
  await openApp.answerDialogs([`${file}.age`], [`${file}.again`])
  await key.press("Decrypt a file…")
  await expect(key.use("Decrypt")).toContainText(`✓ Written to ${file}.again`)
  expect(readFileSync(`${file}.again`, "utf8")).toBe(secret)
})

test("a large file shows how far it is and the time left, and Cancel leaves nothing behind", async ({ openApp }) => {
  const file = join(openApp.home, "large")
  writeFileSync(file, "")
  truncateSync(file, 8 * 1024 ** 3)
  const key = openApp.key("inbox")
  await key.show("Use")
  await openApp.answerDialogs([file], [`${file}.age`])
  await key.press("Encrypt a file…")
  await expect(key.use("Encrypt").getByRole("progressbar", { name: "Progress" })).toBeVisible()
  await expect(key.use("Encrypt").getByRole("status")).toContainText(/[1-9]\d* %, about \d+ s left/)
  await key.use("Encrypt").getByRole("button", { name: "Cancel" }).click()
  await expect(key.use("Encrypt")).toContainText("It was cancelled.")
  await expect(key.use("Encrypt").getByRole("alert")).toHaveCount(0)
  expect(readdirSync(openApp.home).filter((name) => name.includes("large"))).toEqual(["large"])
  writeFileSync(file, secret)
  await openApp.answerDialogs([file], [`${file}.age`])
  await key.press("Encrypt a file…")
  await expect(key.use("Encrypt")).toContainText(`✓ Written to ${file}.age`)
})

test("whoever looks at another key meanwhile finds the work on a file again, and its Cancel", async ({ openApp }) => {
  const file = join(openApp.home, "large")
  writeFileSync(file, "")
  truncateSync(file, 8 * 1024 ** 3)
  const key = openApp.key("inbox")
  await key.show("Use")
  await openApp.answerDialogs([file], [`${file}.age`])
  await key.press("Encrypt a file…")
  const progress = key.use("Encrypt").getByRole("progressbar", { name: "Progress" })
  await expect(progress).toBeVisible()
  await openApp.key("release").show("Use")
  await key.show("Use")
  await expect(progress).toBeVisible()
  await key.use("Encrypt").getByRole("button", { name: "Cancel" }).click()
  await expect(progress).toBeHidden()
  expect(readdirSync(openApp.home).filter((name) => name.includes("large"))).toEqual(["large"])
})

test("a suspended key makes nothing, and still verifies", async ({ openApp }) => {
  const key = openApp.key("paused")
  await key.show("Use")
  await expect(key.panel).toContainText("The key is suspended: it makes nothing new")
  await expect(key.use("Sign")).toHaveCount(0)
  await expect(key.use("Verify")).toBeVisible()
})
