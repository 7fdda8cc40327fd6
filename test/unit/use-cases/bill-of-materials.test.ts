import { Spec, Validation } from "@cyclonedx/cyclonedx-library"
import { afterEach, beforeEach, expect, test } from "vitest"
import { z } from "zod"
import { purposesFor } from "../../../main/domain/purpose.ts"
import { KeyAlgorithm } from "../../../preload/contract/values.ts"
import { TestVault } from "../../support/vaults.ts"

/** By the specification's own library, with its own schema. */
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)

const Bill = z.object({
  serialNumber: z.string(),
  components: z.array(z.looseObject({ "bom-ref": z.string(), name: z.string() })),
})

let vault: TestVault

beforeEach(async () => {
  vault = await TestVault.create()
})

afterEach(() => vault[Symbol.dispose]())

const bill = async () => Buffer.from((await vault.ask("report.inventory", { format: "cyclonedx" })).report).toString()
const componentsOf = (text: string) => Bill.parse(JSON.parse(text)).components

test("the bill of a vault with keys of every algorithm and purpose, in several states, is valid", async () => {
  for (const algorithm of KeyAlgorithm.options.filter((each) => !each.startsWith("rsa-"))) {
    for (const purpose of purposesFor(algorithm)) {
      await vault.ask("key.generate", { name: `${algorithm} for ${purpose}`, algorithm, purpose })
    }
  }
  await vault.ask("seed.generate", { name: "savings" })
  await vault.generate("later", { notBefore: "2098-01-01", expires: "2099-01-01", rotateEvery: "90d", owner: "ann" })
  await vault.generate("suspended")
  await vault.ask("key.suspend", { name: "suspended", reason: "on leave" })
  await vault.generate("destroyed")
  await vault.ask("key.destroy", { name: "destroyed", reason: "old", confirmed: true })
  expect(await validator.validate(await bill())).toBeNull()
})

test("the bill of an empty vault is valid", async () => {
  expect(await validator.validate(await bill())).toBeNull()
})

test("the validator finds what is not valid", async () => {
  expect(await validator.validate((await bill()).replace('"version":1', '"version":"one"'))).not.toBeNull()
})

test("a key names its algorithm, which is in the bill once, however many keys have it", async () => {
  for (const name of ["a", "b"]) await vault.generate(name)
  const components = componentsOf(await bill())
  expect(components.map(({ name }) => name)).toEqual(["a", "b", "aes-256"])
  expect(components[0]).toMatchObject({
    cryptoProperties: {
      relatedCryptoMaterialProperties: {
        type: "secret-key",
        state: "active",
        size: 256,
        algorithmRef: components[2]?.["bom-ref"],
      },
    },
  })
})

test("what a quantum computer breaks has no security left against one", async () => {
  await vault.ask("key.generate", { name: "signer", algorithm: "ed25519" })
  await vault.ask("key.generate", { name: "new", algorithm: "ml-dsa-65" })
  const levels = componentsOf(await bill()).filter(({ name }) => name === "ed25519" || name === "ml-dsa-65")
  expect(levels).toMatchObject([
    { cryptoProperties: { algorithmProperties: { nistQuantumSecurityLevel: 0 } } },
    { cryptoProperties: { algorithmProperties: { nistQuantumSecurityLevel: 3 } } },
  ])
})

test("each bill has a serial number of its own", async () => {
  const [one, other] = [Bill.parse(JSON.parse(await bill())), Bill.parse(JSON.parse(await bill()))]
  expect(one.serialNumber).not.toBe(other.serialNumber)
})
