import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { flag, integer, path, text } from "../field.ts"
import { tokenFile } from "../token-file.ts"
import { withPin } from "../with-pin.ts"
import { excuse, input, name, outputFields, version } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

/** Base64 of the largest plaintext, and the token's other parts. */
const largestToken = 2 * 1024 * 1024
/** Larger than any key. */
const largestSecret = 64 * 1024

const mechanism = text(
  "M",
  "aes-kwp, rsa-oaep-sha256-aes-kwp or rsa-oaep-sha1-aes-kwp, as other programs wrap (without it: a token)",
)

const wrap = command({
  path: ["key", "wrap"],
  summary: "wrap another key, or the bytes of a file, under NAME",
  example: "key wrap transport --key payroll --mechanism aes-kwp --out payroll.wrapped",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    version,
    mechanism,
    key: text("OTHER", "the key that is wrapped; it must be exportable: wrapped or yes"),
    keyVersion: integer("N", "its version (the current one)"),
    in: path("FILE", "or the bytes that are wrapped; - is standard input"),
    ...pinFields,
    ...outputFields,
  },
  check({ key, in: path }) {
    if ((key === undefined) === (path === undefined)) throw new VaultError("USAGE", "one of --key and --in is needed")
  },
  run: (context, { key, keyVersion, in: path, out, force, pinFile, pinFd, ...args }) =>
    deliver(context, { out, force }, async () => {
      using bytes = key === undefined ? await context.readInput(path ?? "-", largestSecret) : null
      const { wrapped, isToken, ...about } = await withPin(context, { pinFile, pinFd }, async (pin) => {
        using copy = bytes === null ? null : Secret.copyOf(bytes.bytes)
        const secret = copy === null ? { key: key ?? "", version: keyVersion } : { bytes: copy.bytes }
        return await context.ask("key.wrap", { ...args, secret, ...pin })
      })
      const text = Buffer.from(wrapped).toString("latin1")
      if (isToken) return { bytes: tokenFile(text), isSecret: false, about, inline: () => ({ wrapped: text }) }
      return { bytes: wrapped, isSecret: false, about, inline: (bytes) => ({ wrapped: base64(bytes) }) }
    }),
})

const unwrap = command({
  path: ["key", "unwrap"],
  summary: "open a wrapped key: a token, or what another program wrapped",
  example: "key unwrap payroll --in data.key --out data.bin",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, in: input, version, mechanism, ...excuse, ...pinFields, ...outputFields },
  run: (context, { in: path, out, force, pinFile, pinFd, ...args }) =>
    deliver(context, { out, force }, async () => {
      using wrapped = await context.readInput(path, largestToken)
      const { plaintext, ...about } = await withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("key.unwrap", { ...args, wrapped: wrapped.bytes, ...pin }),
      )
      return { bytes: plaintext, isSecret: true, about, inline: (bytes) => ({ plaintext: base64(bytes) }) }
    }),
})

const rewrap = command({
  path: ["key", "rewrap"],
  summary: "move a wrapped data key to the newest version, without showing it",
  example: "key rewrap payroll --in data.key --out data.key --force",
  vault: "opened",
  inBatch: "grouped",
  fields: { name, in: input, ...pinFields, ...outputFields },
  run: (context, { in: path, out, force, pinFile, pinFd, name: key }) =>
    deliver(context, { out, force }, async () => {
      using old = await context.readInput(path, largestToken)
      const { wrapped, ...about } = await withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("key.rewrap", { name: key, wrapped: old.bytes, ...pin }),
      )
      return { bytes: tokenFile(wrapped), isSecret: false, about, inline: () => ({ wrapped }) }
    }),
})

const datakey = command({
  path: ["key", "datakey"],
  summary: "a new data key, in the clear and wrapped under NAME, for envelope encryption",
  example: "key datakey payroll --wrapped-only",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    bits: integer("N", "128, 192, 256, 384 or 512 (256)"),
    wrappedOnly: flag("only the wrapped form: nobody sees the key before it is needed"),
    register: text("LABEL", "keep the wrapped form in the vault as well, to move when the key rotates"),
    ...pinFields,
  },
  async run(context, { pinFile, pinFd, ...args }) {
    const { plaintext, ...made } = await withPin(context, { pinFile, pinFd }, (pin) =>
      context.ask("key.datakey", { ...args, ...pin }),
    )
    if (plaintext === undefined) return made
    context.warnOfSecret("--wrapped-only shows the wrapped form alone")
    using key = new Secret(plaintext)
    return { plaintext: base64(key.bytes), ...made }
  },
})

export const keyWrapCommands = [datakey, unwrap, rewrap, wrap]
