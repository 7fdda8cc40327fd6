import { expect, test } from "./fixture.ts"

const parts = ["Algorithm", "Keyring", "Location", "Rotation", "May leave the vault"]

for (const job of [
  "Sign releases",
  "Encrypt backups",
  "Log in over SSH",
  "Protect other keys",
  "Root CA",
  "API secret",
]) {
  test(`${job}: each part is proposed with its reason`, async ({ openApp }) => {
    await openApp.newKey.propose(job)
    const reasons = await Promise.all(parts.map((part) => openApp.newKey.reason(part).textContent()))
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{20,}[.]$/)
    expect(new Set(reasons).size).toBe(parts.length)
  })
}

test("another choice comes with what it is, and with a warning when it is weak or exposed", async ({ openApp }) => {
  await openApp.newKey.propose("Encrypt backups")
  await expect(openApp.newKey.warnings).toBeHidden()
  await openApp.choose("Algorithm", "AES-128")
  await expect(openApp.newKey.reason("Algorithm")).toHaveText("Strong today; only where 256 bits are not taken.")
  await expect(openApp.newKey.warnings).toContainText("Of AES-128 a quantum computer would leave too little.")
  await openApp.choose("Algorithm", "RSA 3072")
  await expect(openApp.newKey.warnings).toContainText("a quantum computer could read one day")
  await openApp.choose("Algorithm", "AES-256")
  await openApp.choose("May leave the vault", "Also in the clear")
  await openApp.choose("Rotation", "Not planned")
  await expect(openApp.newKey.warnings).toContainText("only as safe as every copy of it")
  await expect(openApp.newKey.warnings).toContainText("nobody is reminded")
})

test("how long it must protect is said with the job, and what a quantum computer would come too early for is warned of", async ({
  openApp,
}) => {
  await openApp.newKey.propose("Root CA")
  await openApp.choose("Must stay protected", "A year")
  await expect(openApp.newKey.warnings).toBeHidden()
  await openApp.choose("Must stay protected", "25 years")
  await expect(openApp.newKey.warnings).toContainText(
    /must stay so until 20\d\d.*after 2035: take ML-DSA or SLH-DSA[.]/,
  )
  await openApp.field("Name").fill("root")
  await openApp.button("Generate key").click()
  await openApp.button("Show the key").click()
  await openApp.key("root").show("Policy")
  await expect(openApp.keyPanel("root")).toContainText("25 years")
})

test("what was changed is what is made", async ({ openApp }) => {
  await openApp.newKey.propose("Root CA")
  await openApp.field("Name").fill("root")
  await openApp.choose("Algorithm", "ML-DSA-65 (post-quantum)")
  await openApp.choose("Rotation", "Every 2 years")
  await openApp.choose("May leave the vault", "Never")
  await openApp.button("Generate key").click()
  await openApp.button("Show the key").click()
  await openApp.key("root").show("Policy")
  await expect(openApp.keyPanel("root")).toContainText("Rotationevery 2 years")
  await expect(openApp.keyPanel("root")).toContainText("Exportnever")
})

test("a key that is to be in a token waits for a token", async ({ openApp }) => {
  await openApp.newKey.propose("Sign releases")
  await openApp.field("Name").fill("release")
  await openApp.choose("Location", "A token")
  await expect(openApp.newKey.reason("Location")).toContainText("no backup has it")
  await expect(openApp.field("PIN of the token")).toBeVisible()
  await expect(openApp.field("May leave the vault")).toHaveCount(0)
  await expect(openApp.button("Generate key")).toBeDisabled()
})
