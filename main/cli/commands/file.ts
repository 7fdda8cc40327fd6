import { resolve } from "node:path"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { flag, list, path, required, text } from "../field.ts"
import { checkOutput } from "../output-file.ts"
import { readPassphraseFile } from "../secret-input.ts"
import { withPin } from "../with-pin.ts"
import { excuse } from "./key-fields.ts"
import { askWithPassphrase, filePassphrase, filePassphraseFields } from "./key-file.ts"
import { pinFields } from "./token-field.ts"

const places = {
  in: required(path("FILE", "the file to read, of any size")),
  out: required(path("FILE", "the file to write, mode 0600; it is there when all of it is, or not at all")),
  force: flag("replace FILE when it exists"),
}

interface Places {
  readonly in: string
  readonly out: string | undefined
  readonly force: boolean
}

/**
 * Where a file is, and where it goes.
 * @throws `INVALID_INPUT` for pipes: they have no beginning to come back to; as `checkOutput` for the place it goes to
 */
export function fileWork({ vaultPath }: Pick<Context, "vaultPath">, { in: input, out: output = "", force }: Places) {
  for (const [field, path] of [
    ["in", input],
    ["out", output],
  ] as const) {
    if (path === "" || path === "-") throw new VaultError("INVALID_INPUT", `${field}: a file is needed`)
  }
  checkOutput(vaultPath, output, force)
  return { input: resolve(input), output: resolve(output), force }
}

const encrypt = command({
  path: ["file", "encrypt"],
  summary: "encrypt a file of any size, in the age format: for others, for keys of the vault, or under a passphrase",
  example: "file encrypt --in disk.img --out disk.img.age --to age1… --key archive",
  vault: "opened",
  inBatch: "alone",
  fields: {
    ...places,
    to: list("RECIPIENT", "an age recipient: age1…; may be repeated"),
    key: list(
      "NAME",
      "a key of the vault; of x25519 the age program opens it too, of others only this vault; may be repeated",
    ),
    outPassphraseFile: path("FILE", "instead of recipients: the passphrase in FILE"),
    armor: flag("as text"),
    ...pinFields,
  },
  async run(context, { to = [], key = [], outPassphraseFile: file, armor, pinFile, pinFd, ...args }) {
    const passphrase = file === undefined ? undefined : await readPassphraseFile(file, "outPassphraseFile")
    const asked = {
      ...fileWork(context, args),
      recipients: [...to],
      keys: key.map((name) => ({ name })),
      isArmored: armor,
      ...(passphrase === undefined ? {} : { filePassphrase: passphrase.bytes }),
    }
    return await withPin(context, { pinFile, pinFd }, (pin) => context.ask("file.encrypt", { ...asked, ...pin }))
  },
})

const decrypt = command({
  path: ["file", "decrypt"],
  summary: "decrypt a file in the age format, with whichever key of the vault it is for, or a passphrase",
  example: "file decrypt --in disk.img.age --out disk.img",
  vault: "opened",
  inBatch: "alone",
  fields: { ...places, key: text("NAME", "only this key"), ...excuse, ...filePassphraseFields, ...pinFields },
  async run(context, { key: name, reason, inPassphraseFile, inPassphraseFd, pinFile, pinFd, ...args }) {
    using given = await filePassphrase(inPassphraseFile, inPassphraseFd)
    const asked = {
      ...fileWork(context, args),
      ...(name === undefined ? {} : { name }),
      ...(reason === undefined ? {} : { reason }),
    }
    return await askWithPassphrase(context, given, (passphrase) =>
      withPin(context, { pinFile, pinFd }, (pin) =>
        context.ask("file.decrypt", {
          ...asked,
          ...(passphrase === undefined ? {} : { filePassphrase: passphrase }),
          ...pin,
        }),
      ),
    )
  },
})

export const fileCommands = [encrypt, decrypt]
