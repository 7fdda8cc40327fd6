import { describe, expect, test } from "vitest"
import { replaceFile } from "../../main/files/replace-file.ts"
import { ModuleRegistry } from "../../main/token/module-registry.ts"
import { isThere, run } from "../interop/program.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

/** Of Debian's packages: what the registry looks for is what they have. */
describe.skipIf(!isThere("dpkg-query"))("the library of a package is found by itself", () => {
  test.for([
    ["libsofthsm2", "SoftHSM"],
    ["opensc-pkcs11", "OpenSC (smart cards, SmartCard-HSM, Nitrokey)"],
    ["ykcs11", "YubiKey (YKCS11)"],
    ["libtpm2-pkcs11-1", "TPM 2.0"],
    ["opencryptoki", "opencryptoki"],
  ] as const)("%s: %s", ([name, known]) => {
    using folder = temporaryFolder()
    const registry = new ModuleRegistry({
      file: folder.file("modules.json"),
      replaceFile,
      platform: "linux",
      p11Kit: [],
    })
    const module = registry.list().find((each) => each.name === known)
    expect(run("dpkg-query", ["--listfiles", name]).toString().split("\n")).toContain(module?.path)
    expect(module).toMatchObject({ refusal: null })
  })
})
