import { randomBytes } from "node:crypto"
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { x25519Identity, x25519Recipient } from "../../main/crypto/age/x25519-stanza.ts"
import { x25519PublicKey } from "../../main/crypto/x25519-agreement.ts"
import { Secret } from "../../main/domain/secret.ts"
import { decryptFile, encryptFile, type FileWork } from "../../main/store/age-files.ts"
import { workThroughFile } from "../../main/store/age-payload-threads.ts"
import { decrypted } from "../age/read-all.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const key = new Secret(new Uint8Array(32).fill(5))
const recipients = [x25519Recipient(x25519PublicKey(key))]
const identities = [x25519Identity(key)]
const MiB = 1024 * 1024

/** Below 8 MiB without threads, from there on with them; around the bounds of chunks, and of what a thread takes at once. */
const sizes = [0, 1, 65_536, 8 * MiB - 1, 8 * MiB, 8 * MiB + 1, 9 * MiB + 65_536, 10 * MiB + 262_145]

let lab: ReturnType<typeof temporaryFolder>

beforeAll(() => {
  lab = temporaryFolder()
  for (const size of sizes) writeFileSync(lab.file(`${size}`), randomBytes(size))
})

afterAll(() => lab[Symbol.dispose]())

function work(input: string, output: string, more: Partial<FileWork> = {}): FileWork {
  return { input: lab.file(input), output: lab.file(output), force: false, ...more }
}

function bytesOf(name: string): Buffer {
  return readFileSync(lab.file(name))
}

/** What is in a folder of its own after something failed there. */
async function leftovers(act: (file: (name: string) => string) => Promise<unknown>): Promise<readonly string[]> {
  using folder = temporaryFolder()
  await act(folder.file)
  return readdirSync(folder.path)
}

test.for(sizes)("%i bytes come back; the file is private, and one that any reader of age can read", async (size) => {
  const told: number[] = []
  await encryptFile(work(`${size}`, `${size}.age`, { onProgress: (bytes) => told.push(bytes) }), recipients)
  expect(await decryptFile(work(`${size}.age`, `${size}.out`), identities)).toBe(true)
  expect(bytesOf(`${size}.out`).equals(bytesOf(`${size}`))).toBe(true)
  expect(told.at(-1)).toBe(size)
  const read = await decrypted(bytesOf(`${size}.age`), identities)
  expect(Buffer.from(read ?? []).equals(bytesOf(`${size}`))).toBe(true)
  for (const name of [`${size}.age`, `${size}.out`]) expect(lstatSync(lab.file(name)).mode & 0o777).toBe(0o600)
})

test("nothing but the files is left in the folder", () => {
  expect(readdirSync(lab.path).filter((name) => name.startsWith("."))).toEqual([])
})

test("armour makes a text of any size", async () => {
  const name = `${8 * MiB + 1}`
  await encryptFile(work(name, "armoured"), recipients, true)
  expect(bytesOf("armoured").subarray(0, 35).toString()).toBe("-----BEGIN AGE ENCRYPTED FILE-----\n")
  expect(await decryptFile(work("armoured", "unarmoured"), identities)).toBe(true)
  expect(bytesOf("unarmoured").equals(bytesOf(name))).toBe(true)
})

test("who is not meant gets no file", async () => {
  await encryptFile(work("1", "for-another"), recipients)
  using other = new Secret(new Uint8Array(32).fill(6))
  const left = await leftovers(async (file) => {
    const asked = work("for-another", "", { output: file("out") })
    expect(await decryptFile(asked, [x25519Identity(other)])).toBe(false)
  })
  expect(left).toEqual([])
})

test.for([sizes[3], sizes[6]])("of %i bytes that were changed nothing is left", async (size) => {
  await encryptFile(work(`${size}`, `${size}.whole`), recipients)
  const whole = bytesOf(`${size}.whole`)
  const middle = Buffer.from(whole)
  middle[Math.floor(whole.length / 2)] = (middle[Math.floor(whole.length / 2)] ?? 0) ^ 1
  const damages = [middle, whole.subarray(0, -1), whole.subarray(0, -100_000), Buffer.concat([whole, Buffer.from("x")])]
  for (const damaged of damages) {
    writeFileSync(lab.file("damaged"), damaged)
    const left = await leftovers(async (file) => {
      const decrypting = decryptFile(work("damaged", "", { output: file("out") }), identities)
      await expect(decrypting).rejects.toMatchObject({ code: "INTEGRITY_FAILED" })
    })
    expect(left).toEqual([])
  }
})

test("what is there is kept, unless it is to be replaced; a link is never followed", async () => {
  writeFileSync(lab.file("precious"), "precious")
  symlinkSync(lab.file("precious"), lab.file("link"))
  for (const name of ["precious", "link"]) {
    await expect(encryptFile(work("1", name), recipients)).rejects.toMatchObject({ code: "ALREADY_EXISTS" })
  }
  await encryptFile(work("1", "link", { force: true }), recipients)
  expect(bytesOf("precious").toString()).toBe("precious")
  expect(lstatSync(lab.file("link")).isFile()).toBe(true)
  await expect(encryptFile(work("1", "", { force: true }), recipients)).rejects.toMatchObject({ code: "IO_ERROR" })
})

test("a file can take the place of itself", async () => {
  writeFileSync(lab.file("self"), "myself")
  await encryptFile(work("self", "self", { force: true }), recipients)
  await decryptFile(work("self", "self", { force: true }), identities)
  expect(bytesOf("self").toString()).toBe("myself")
})

test.for([sizes[3], sizes[6]])("work on %i bytes ends when it is told to, and leaves nothing", async (size) => {
  const reason = new Error("enough")
  const left = await leftovers(async (file) => {
    const stopped = new AbortController()
    const more = { output: file("out"), signal: stopped.signal, onProgress: () => stopped.abort(reason) }
    await expect(encryptFile(work(`${size}`, "", more), recipients)).rejects.toBe(reason)
  })
  expect(left).toEqual([])
})

test("who is told how far it is may fail: the work ends, and leaves nothing", async () => {
  const failure = new Error("a bug")
  const left = await leftovers(async (file) => {
    const onProgress = (): never => {
      throw failure
    }
    const failing = encryptFile(work(`${8 * MiB}`, "", { output: file("out"), onProgress }), recipients)
    await expect(failing).rejects.toBe(failure)
  })
  expect(left).toEqual([])
})

test("a failure of the system in a thread keeps its code", async () => {
  const [input, output] = [openSync(lab.file(`${8 * MiB}`), "r"), openSync(lab.file(`${8 * MiB}`), "r")]
  const payload = { direction: "seal", output: { descriptor: output, start: 0 } } as const
  const whole = { descriptor: input, start: 0, length: 8 * MiB }
  await expect(workThroughFile(key, { ...payload, input: whole }, {})).rejects.toMatchObject({ code: "EBADF" })
  closeSync(output)
  closeSync(input)
})

test("a file that becomes shorter meanwhile is not taken for whole", async () => {
  const [input, output] = [openSync(lab.file(`${8 * MiB}`), "r"), openSync(lab.file("short"), "w")]
  const payload = { direction: "seal", output: { descriptor: output, start: 0 } } as const
  const longer = { descriptor: input, start: 0, length: 9 * MiB }
  await expect(workThroughFile(key, { ...payload, input: longer }, {})).rejects.toMatchObject({ code: "IO_ERROR" })
  closeSync(output)
  closeSync(input)
})
