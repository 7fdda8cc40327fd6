import { parentPort, workerData } from "node:worker_threads"
import bcrypt from "bcrypt-pbkdf"
import { Secret } from "../../domain/secret.ts"
import type { BcryptTask } from "./bcrypt-key.ts"

const { passphrase, salt, rounds, length }: BcryptTask = workerData
const { bytes: key } = Secret.ofSize(length)
try {
  const status = bcrypt.pbkdf(passphrase, passphrase.length, salt, salt.length, key, length, rounds)
  if (status !== 0) throw new Error("bcrypt_pbkdf refused its arguments")
} finally {
  passphrase.fill(0)
}
// Moved, not copied: this thread keeps nothing of the key.
parentPort?.postMessage(key, [key.buffer])
