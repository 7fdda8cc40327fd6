import { parentPort, workerData } from "node:worker_threads"
import { slh_dsa_sha2_128s, slh_dsa_sha2_256s } from "@noble/post-quantum/slh-dsa.js"
import { Secret } from "../../domain/secret.ts"
import { randomBytes } from "../random.ts"
import { nobleMlDsa } from "./noble-lattices.ts"
import type { WorkerTask } from "./noble-thread.ts"

const signers = { ...nobleMlDsa, "slh-dsa-sha2-128s": slh_dsa_sha2_128s, "slh-dsa-sha2-256s": slh_dsa_sha2_256s }

const task: WorkerTask = workerData
const answer = answerTo(task)
// Moved, not copied: this thread keeps nothing of it.
parentPort?.postMessage(answer, typeof answer === "boolean" ? [] : [answer.buffer])

function answerTo(given: WorkerTask): Uint8Array<ArrayBuffer> | boolean {
  const signer = signers[given.algorithm]
  if (given.work === "verify") return signer.verify(given.signature, given.message, given.publicKey)
  try {
    if (given.work === "make-key") return ownCopy(signer.keygen(given.key.bytes).secretKey)
    const { form, bytes } = given.key
    using key = form === "whole" ? new Secret(bytes) : new Secret(ownCopy(signer.keygen(bytes).secretKey))
    // Hedged, as FIPS 204, 3.4, and FIPS 205, 9.2, have it by default; the randomness is ours, as everywhere.
    const extraEntropy = randomBytes(signer.lengths.signRand ?? 32)
    return ownCopy(signer.sign(given.message, key.bytes, { extraEntropy }))
  } finally {
    given.key.bytes.fill(0)
  }
}

/** The library may hand out a view of more; what it hands out is wiped. */
function ownCopy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Secret.copyOf(bytes).bytes
  bytes.fill(0)
  return copy
}
