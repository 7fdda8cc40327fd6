import { statSync } from "node:fs"
import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { startsAsAge } from "../age-start.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { deliver } from "../deliver.ts"
import { alsoSpelled, path, required, text } from "../field.ts"
import { tokenFile } from "../token-file.ts"
import { type PinOptions, withPin } from "../with-pin.ts"
import { fileWork } from "./file.ts"
import { excuse, input, name, outputFields, version } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

const MiB = 1024 * 1024
const largestMessage = 64 * MiB
const largestSignature = 1 * MiB
/** Larger ones become files in the age format. */
const largestPlaintext = 1 * MiB
/** Base64 of the largest plaintext, and the token's other parts. */
const largestToken = 2 * MiB

const use = { name, in: input, version }

const mechanism = (those: string) => text("M", `how it is computed: ${those} (the first that fits the key)`)
const signatures =
  "rsa-pss-sha256, -sha384, -sha512, rsa-pkcs1-sha256, …, ecdsa-sha256, …, ecdsa-sha256-p1363, …, ed25519, ml-dsa, slh-dsa"
const signing = mechanism(signatures)
const macs = mechanism("hmac")
const checking = mechanism(`${signatures}, hmac`)
const encryption = mechanism("aes-gcm, chacha20-poly1305, rsa-oaep-sha256, rsa-oaep-sha1")

const sign = command({
  path: ["key", "sign"],
  summary: "sign a file",
  example: "key sign release --in build.tar --out build.sig",
  vault: "opened",
  inBatch: "grouped",
  fields: { ...use, mechanism: signing, ...pinFields, ...outputFields },
  run: (context, { in: path, out, force, pinFile, pinFd, ...args }) =>
    deliver(context, { out, force }, async () => {
      using message = await context.readInput(path, largestMessage)
      const { signature, ...about } = await withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("key.sign", { ...args, message: message.bytes, ...pin }),
      )
      return { bytes: signature, isSecret: false, about, inline: (bytes) => ({ signature: base64(bytes) }) }
    }),
})

const mac = command({
  path: ["key", "mac"],
  summary: "authenticate a file",
  example: "key mac webhook --in body.json",
  vault: "opened",
  inBatch: "grouped",
  fields: { ...use, mechanism: macs, ...pinFields, ...outputFields },
  run: (context, { in: path, out, force, pinFile, pinFd, ...args }) =>
    deliver(context, { out, force }, async () => {
      using message = await context.readInput(path, largestMessage)
      const { mac: tag, ...about } = await withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("key.mac", { ...args, message: message.bytes, ...pin }),
      )
      return { bytes: tag, isSecret: false, about, inline: (bytes) => ({ mac: base64(bytes) }) }
    }),
})

const verify = command({
  path: ["key", "verify"],
  summary: "check a signature, or the tag of `key mac`; exit status 7 when it does not fit",
  example: "key verify release --in build.tar --signature build.sig",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    ...use,
    mechanism: checking,
    ...excuse,
    signature: alsoSpelled("sig", required(path("FILE", "the signature or tag, as bytes"))),
    ...pinFields,
  },
  async run(context, { in: path, signature: signaturePath, pinFile, pinFd, ...args }) {
    using message = await context.readInput(path, largestMessage)
    using signature = await context.readInput(signaturePath, largestSignature)
    return await withPin(context, { pinFile, pinFd }, (pin) =>
      context.ask("key.verify", { ...args, message: message.bytes, signature: signature.bytes, ...pin }),
    )
  },
  exitStatus: ({ valid }) => (valid ? 0 : 7),
})

const encrypt = command({
  path: ["key", "encrypt"],
  summary: "encrypt: up to 1 MiB into a token that says which version opens it, more into an age file",
  example: "key encrypt payroll --in salaries.csv --out salaries.token",
  vault: "opened",
  inBatch: "grouped",
  fields: { ...use, mechanism: encryption, ...pinFields, ...outputFields },
  async run(context, { in: path, out, force, pinFile, pinFd, ...args }) {
    if (isLarge(path)) return await encryptLarge(context, { in: path, out, force }, { ...args, pinFile, pinFd })
    return await deliver(context, { out, force }, async () => {
      using plaintext = await context.readInput(path, largestPlaintext)
      const { ciphertext, ...about } = await withPin(context, { pinFile, pinFd }, async (pin) => {
        using copy = Secret.copyOf(plaintext.bytes)
        return await context.ask("key.encrypt", { ...args, plaintext: copy.bytes, ...pin })
      })
      return { bytes: tokenFile(ciphertext), isSecret: false, about, inline: () => ({ ciphertext }) }
    })
  },
})

const decrypt = command({
  path: ["key", "decrypt"],
  summary: "open what `key encrypt` made, under any version that is still there",
  example: "key decrypt payroll --in salaries.token --out salaries.csv",
  vault: "opened",
  inBatch: "grouped",
  fields: { ...use, mechanism: encryption, ...excuse, ...pinFields, ...outputFields },
  async run(context, { in: path, out, force, pinFile, pinFd, ...args }) {
    if (startsAsAge(path)) return await decryptLarge(context, { in: path, out, force }, { ...args, pinFile, pinFd })
    return await deliver(context, { out, force }, async () => {
      using ciphertext = await context.readInput(path, largestToken)
      const { plaintext, ...about } = await withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("key.decrypt", { ...args, ciphertext: ciphertext.bytes, ...pin }),
      )
      return { bytes: plaintext, isSecret: true, about, inline: (bytes) => ({ plaintext: base64(bytes) }) }
    })
  },
})

interface Use extends PinOptions {
  readonly name: string
  readonly version?: number | undefined
  readonly mechanism?: string | undefined
}

function isLarge(path: string): boolean {
  const stat = path === "-" ? undefined : statSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size > largestPlaintext
}

async function encryptLarge(
  context: Context,
  places: Parameters<typeof fileWork>[1],
  { name: key, version: number, mechanism, ...source }: Use,
) {
  if (mechanism !== undefined) throw new VaultError("INVALID_INPUT", "mechanism: a file over 1 MiB has that of age")
  const work = { ...fileWork(context, places), keys: [{ name: key, version: number }] }
  return await withPin(context, source, (pin) => context.ask("file.encrypt", { ...work, ...pin }))
}

async function decryptLarge(
  context: Context,
  places: Parameters<typeof fileWork>[1],
  { name: key, reason, ...source }: Use & { readonly reason?: string | undefined },
) {
  const work = { ...fileWork(context, places), name: key, reason }
  return await withPin(context, source, (pin) => context.ask("file.decrypt", { ...work, ...pin }))
}

export const keyUseCommands = [sign, verify, encrypt, decrypt, mac]
