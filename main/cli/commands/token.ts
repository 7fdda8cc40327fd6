import { printable } from "../../domain/printable.ts"
import type { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { descriptor } from "../descriptor.ts"
import { argument, flag, integer, path, required, text } from "../field.ts"
import type { PassphraseSource } from "../secret-input.ts"
import { showWithoutWarnings, warned } from "../warnings.ts"
import { withPin } from "../with-pin.ts"
import { name, newKeyFields, purpose } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

const uri = argument(required(text("URI", "the token: a PKCS#11 URI, such as pkcs11:token=backup (RFC 7512)")))
const keyUri = argument(required(text("URI", "the key: its PKCS#11 URI, as `token objects` shows it")))

const soPinFields = {
  soPinFile: path("FILE", "the SO PIN: the first line of FILE"),
  soPinFd: descriptor("N", "the SO PIN: one line read from file descriptor N"),
}
const newPinFields = {
  newPinFile: path("FILE", "the new PIN: the first line of FILE"),
  newPinFd: descriptor("N", "the new PIN: one line read from file descriptor N"),
}

const tokenColumns = ["label", "model", "serial", "userPin", "uri"]

const tokenList = command({
  path: ["token", "list"],
  summary: "the tokens that are there: HSMs, smart cards, software tokens",
  example: "token list",
  vault: "named",
  inBatch: "alone",
  fields: {},
  columns: tokenColumns,
  async run(context) {
    const found = await context.ask("token.list", {})
    for (const { path, reason } of found.leftOut)
      context.note(`${printable(path)} was not asked: ${reason}; token modules asks it again`)
    return found
  },
})

const show = command({
  path: ["token", "show"],
  summary: "what a token says of itself: versions, PINs, memory, mechanisms",
  example: "token show pkcs11:token=backup",
  vault: "named",
  inBatch: "alone",
  fields: { uri },
  run: ({ ask }, args) => ask("token.show", args),
})

const objects = command({
  path: ["token", "objects"],
  summary: "what is in a token; with its PIN, private keys too",
  example: "token objects pkcs11:token=backup --pin-file pin.txt",
  vault: "named",
  inBatch: "alone",
  fields: { uri, ...pinFields },
  columns: ["kind", "label", "algorithm", "uri"],
  async run(context, { uri: token, pinFile, pinFd }) {
    using pin = await context.pin({ file: pinFile, fd: pinFd }, "pin", { isAsked: false })
    const found = await context.ask("token.objects", { uri: token, ...(pin === null ? {} : { pin: pin.bytes }) })
    const objects = found.objects.map(({ id, publicKey, ...told }) => {
      return { ...told, id: base64(id), publicKey: publicKey && base64(publicKey) }
    })
    return { objects }
  },
})

const init = command({
  path: ["token", "init"],
  summary: "set a token up, with a name and an SO PIN; everything in it is erased",
  example: "token init pkcs11:slot-id=0 --label backup --so-pin-file so-pin.txt --yes",
  vault: "named",
  inBatch: "alone",
  fields: { uri, label: required(text("L", "its name, at most 32 bytes")), ...soPinFields },
  async run(context, { uri: token, label, soPinFile, soPinFd }) {
    const found = await context.ask("token.show", { uri: token })
    const confirmed = await context.confirm(
      `Everything in the token ${found.label || found.slot} will be erased. Type ${label}`,
      label,
    )
    using soPin = await pinFrom(context, { file: soPinFile, fd: soPinFd }, "soPin")
    return await context.ask("token.init", { uri: token, label, soPin: soPin.bytes, confirmed })
  },
})

const initPin = command({
  path: ["token", "init-pin"],
  summary: "give the user of a token a PIN, also in place of one that is locked; needs the SO PIN",
  example: "token init-pin pkcs11:token=backup --so-pin-file so-pin.txt --new-pin-file pin.txt",
  vault: "named",
  inBatch: "alone",
  fields: { uri, ...soPinFields, ...newPinFields },
  async run(context, { uri: token, soPinFile, soPinFd, newPinFile, newPinFd }) {
    using soPin = await pinFrom(context, { file: soPinFile, fd: soPinFd }, "soPin")
    using newPin = await pinFrom(context, { file: newPinFile, fd: newPinFd }, "newPin")
    return await context.ask("token.init-pin", { uri: token, soPin: soPin.bytes, newPin: newPin.bytes })
  },
})

const changePin = command({
  path: ["token", "change-pin"],
  summary: "another PIN for the user of a token, or for its SO",
  example: "token change-pin pkcs11:token=backup --pin-file old.txt --new-pin-file new.txt",
  vault: "named",
  inBatch: "alone",
  fields: { uri, ...pinFields, ...newPinFields, so: flag("the PIN of the SO") },
  async run(context, { uri: token, pinFile, pinFd, newPinFile, newPinFd, so }) {
    using pin = await pinFrom(context, { file: pinFile, fd: pinFd }, "pin")
    using newPin = await pinFrom(context, { file: newPinFile, fd: newPinFd }, "newPin")
    const who = so ? "so" : "user"
    return await context.ask("token.change-pin", { uri: token, who, pin: pin.bytes, newPin: newPin.bytes })
  },
})

const generate = command({
  path: ["token", "generate"],
  summary: "a new key in a token: the same as `key generate --token`",
  example: "token generate pkcs11:token=backup release --algorithm ec-p256 --pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: {
    uri,
    name,
    algorithm: required(text("ALG", "rsa-3072, ec-p256, ed25519, …: what the token can make")),
    purpose,
    ...newKeyFields,
    ...pinFields,
  },
  run: (context, { uri: token, pinFile, pinFd, tag, ...args }) =>
    withPin(context, { pinFile, pinFd }, (pin) => context.ask("key.generate", { ...args, tags: tag, token, ...pin })),
})

/** What is said of a key that does not leave. */
const { exportable: _, ...stayingKeyFields } = newKeyFields
const job = text(
  "P",
  "its one job: signature, encryption, key-wrapping, mac, … (the only one that its attributes allow)",
)

const adopt = command({
  path: ["token", "adopt"],
  summary: "take a key that is in a token already into the inventory; how it falls short is told as findings",
  example: "token adopt 'pkcs11:token=backup;object=old-key' signing --pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: { uri: keyUri, name, purpose: job, ...stayingKeyFields, ...pinFields },
  run: async (context, { pinFile, pinFd, tag, ...args }) =>
    warned(
      context,
      await withPin(context, { pinFile, pinFd }, (pin) => context.ask("token.adopt", { ...args, tags: tag, ...pin })),
    ),
  show: showWithoutWarnings,
})

const bring = command({
  path: ["token", "import"],
  summary: "put a copy of a key of the vault into a token, encrypted for the token alone; it does not leave again",
  example: "token import pkcs11:token=backup payroll-hsm --key payroll --pin-file pin.txt",
  vault: "opened",
  inBatch: "alone",
  fields: {
    uri,
    name,
    key: required(text("OTHER", "the key of the vault; it must be exportable: wrapped or yes")),
    version: integer("N", "its version (the current one)"),
    ...stayingKeyFields,
    ...pinFields,
  },
  run: async (context, { pinFile, pinFd, tag, ...args }) =>
    warned(
      context,
      await withPin(context, { pinFile, pinFd }, (pin) => context.ask("token.import", { ...args, tags: tag, ...pin })),
    ),
  show: showWithoutWarnings,
})

/** @throws `USAGE` when there is none and nobody to ask */
async function pinFrom(context: Context, source: PassphraseSource, field: string): Promise<Secret> {
  const pin = await context.pin(source, field, { isAsked: true })
  if (pin === null) throw new VaultError("USAGE", `${field}: a file, a file descriptor or a terminal is needed`)
  return pin
}

export const tokenCommands = [tokenList, show, objects, init, initPin, changePin, generate, adopt, bring]
