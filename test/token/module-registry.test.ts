import { execFileSync } from "node:child_process"
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { tokenLibraries } from "../../main/domain/token-libraries.ts"
import { replaceFile } from "../../main/files/replace-file.ts"
import { ModuleRegistry } from "../../main/token/module-registry.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"
import { vaultErrorOf } from "../support/vault-error-of.ts"

const isRoot = process.getuid?.() === 0

/** Which file may be loaded does not depend on what is in it. */
describe.skipIf(process.platform === "win32")("the modules of this machine", () => {
  let folder: ReturnType<typeof temporaryFolder>
  let registry: ModuleRegistry

  beforeEach(() => {
    folder = temporaryFolder()
    mkdirSync(folder.file("p11-kit"))
    // Of another system there is none here: what is listed is what a test has put there.
    registry = new ModuleRegistry({
      file: folder.file("modules.json"),
      replaceFile,
      platform: "win32",
      p11Kit: [folder.file("p11-kit")],
    })
  })

  afterEach(() => folder[Symbol.dispose]())

  function library(...path: readonly string[]): string {
    const file = folder.file(join(...path))
    if (path.length > 1) mkdirSync(join(file, ".."), { recursive: true })
    writeFileSync(file, "a library", { mode: 0o755 })
    return file
  }

  const refusalOf = (path: string) => vaultErrorOf(() => registry.add(path)).detail

  test("one that was added is listed, and no longer when it was removed", () => {
    const path = library("vendor.so")
    const added = { path, name: "Added here", isAdded: true, parameters: null, refusal: null }
    expect(registry.add(path)).toEqual(added)
    expect(registry.list()).toEqual([added])
    registry.remove(path)
    expect(registry.list()).toEqual([])
  })

  test("one is added once, by whatever name", () => {
    const path = library("vendor.so")
    symlinkSync(path, folder.file("other.so"))
    registry.add(path)
    expect(vaultErrorOf(() => registry.add(folder.file("other.so")))).toMatchObject({ code: "ALREADY_EXISTS" })
  })

  test("one that was not added can't be removed", () => {
    expect(vaultErrorOf(() => registry.remove("/nowhere.so"))).toMatchObject({ code: "NOT_FOUND" })
  })

  test("a relative path is refused", () => {
    expect(refusalOf("vendor.so")).toBe("module: its path is not absolute")
  })

  test("what is not there is refused", () => {
    expect(refusalOf(folder.file("missing.so"))).toBe("module: there is no such file")
  })

  test("a folder is refused", () => {
    expect(refusalOf(folder.path)).toBe("module: it is no file")
  })

  test("a FIFO is refused, and not opened", () => {
    execFileSync("mkfifo", [folder.file("pipe.so")])
    expect(refusalOf(folder.file("pipe.so"))).toBe("module: it is no file")
  })

  test("a file that everybody may write is refused", () => {
    const path = library("vendor.so")
    chmodSync(path, 0o777)
    expect(refusalOf(path)).toBe(`module: everybody may write to ${path}`)
  })

  test("a file in a folder that everybody may write is refused, however deep", () => {
    const path = library("open", "deeper", "vendor.so")
    chmodSync(folder.file("open"), 0o777)
    expect(refusalOf(path)).toBe(`module: everybody may write to ${folder.file("open")}`)
  })

  test("a link to a file that everybody may write is refused", () => {
    const path = library("open", "vendor.so")
    chmodSync(folder.file("open"), 0o777)
    symlinkSync(path, folder.file("link.so"))
    expect(refusalOf(folder.file("link.so"))).toBe(`module: everybody may write to ${folder.file("open")}`)
  })

  test.skipIf(!isRoot)("a file of another user is refused", () => {
    const path = library("vendor.so")
    chownSync(path, 65534, 65534)
    expect(refusalOf(path)).toBe(`module: ${path} belongs to another user`)
  })

  test.skipIf(!isRoot)("a file in a folder of another user is refused", () => {
    const path = library("theirs", "vendor.so")
    chownSync(folder.file("theirs"), 65534, 65534)
    expect(refusalOf(path)).toBe(`module: ${folder.file("theirs")} belongs to another user`)
  })

  test("one that everybody may write since it was added is listed with its refusal", () => {
    const path = library("vendor.so")
    registry.add(path)
    chmodSync(path, 0o777)
    expect(registry.list()).toMatchObject([{ path, refusal: `everybody may write to ${path}` }])
  })

  test.for(["not JSON", "{}", '[""]', "[1]"])("a damaged list is an error, and stays as it is: %s", (content) => {
    writeFileSync(folder.file("modules.json"), content)
    expect(vaultErrorOf(() => registry.list())).toMatchObject({ code: "IO_ERROR" })
    expect(vaultErrorOf(() => registry.add(library("vendor.so")))).toMatchObject({ code: "IO_ERROR" })
    expect(readFileSync(folder.file("modules.json"), "utf8")).toBe(content)
  })

  test("what one is told when it starts is kept", () => {
    const path = library("vendor.so")
    registry.add(path, "configdir='sql:/var/lib/keys'")
    expect(registry.list()).toMatchObject([{ path, parameters: "configdir='sql:/var/lib/keys'" }])
  })

  test("what p11-kit tells one when it starts is told by us too", () => {
    const path = library("vendor.so")
    mkdirSync(folder.file("p11-kit"), { recursive: true })
    writeFileSync(folder.file("p11-kit/vendor.module"), `module: ${path}\nx-init-reserved: connector=here\n`)
    expect(registry.list()).toMatchObject([{ path, parameters: "connector=here" }])
  })

  test.for(["trust-policy: yes", "enable-in: firefox"])("what p11-kit has not for us is not listed: %s", (line) => {
    const path = library("vendor.so")
    mkdirSync(folder.file("p11-kit"), { recursive: true })
    writeFileSync(folder.file("p11-kit/vendor.module"), `module: ${path}\n${line}\n`)
    expect(registry.list()).toEqual([])
  })

  test("a library that a device needs is there, also where a person has put it, and only while nobody else can", () => {
    const linux = new ModuleRegistry({
      file: folder.file("modules.json"),
      replaceFile,
      platform: "linux",
      p11Kit: [folder.file("p11-kit")],
    })
    const states = [linux.stateOf(tokenLibraries.scHsmEmbedded)]
    const path = library("libsc-hsm-pkcs11.so")
    linux.add(path)
    states.push(linux.stateOf(tokenLibraries.scHsmEmbedded))
    chmodSync(path, 0o777)
    states.push(linux.stateOf(tokenLibraries.scHsmEmbedded))
    expect(states).toEqual(["missing", "installed", "refused"])
  })

  test("what p11-kit knows is listed, once", () => {
    const path = library("vendor.so")
    writeFileSync(folder.file("p11-kit/vendor.module"), `# of the vendor\nmodule: ${path}\npriority: 1\n`)
    copyFileSync(folder.file("p11-kit/vendor.module"), folder.file("p11-kit/again.module"))
    writeFileSync(folder.file("p11-kit/relative.module"), "module: vendor.so\n")
    const more = { isAdded: false, parameters: null, refusal: null }
    expect(registry.list()).toEqual([{ path, name: "Registered with p11-kit", ...more }])
  })
})
