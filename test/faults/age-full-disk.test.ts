import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { x25519Identity, x25519Recipient } from "../../main/crypto/age/x25519-stanza.ts"
import { x25519PublicKey } from "../../main/crypto/x25519-agreement.ts"
import { Secret } from "../../main/domain/secret.ts"
import { decryptFile, encryptFile } from "../../main/store/age-files.ts"
import { SmallDisk } from "../support/small-disk.ts"
import { temporaryFolder } from "../support/temporary-folder.ts"

const key = new Secret(new Uint8Array(32).fill(5))
const recipients = [x25519Recipient(x25519PublicKey(key))]

test.for([3, 12])("%i MiB that find no room leave nothing, and find it once there is room", async (size) => {
  using lab = temporaryFolder()
  using disk = new SmallDisk(`${size - 1}m`)
  const plaintext = randomBytes(size * 1024 * 1024)
  writeFileSync(lab.file("plain"), plaintext)
  const work = { input: lab.file("plain"), output: join(disk.path, "file.age"), force: false }
  await expect(encryptFile(work, recipients)).rejects.toMatchObject({ code: "ENOSPC" })
  expect(readdirSync(disk.path)).toEqual([])

  disk.growTo(`${2 * size + 2}m`)
  await encryptFile(work, recipients)
  const back = { input: work.output, output: join(disk.path, "plain"), force: false }
  expect(await decryptFile(back, [x25519Identity(key)])).toBe(true)
  expect(readFileSync(back.output).equals(plaintext)).toBe(true)
})
