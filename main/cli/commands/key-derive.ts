import { Secret } from "../../domain/secret.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import type { Context } from "../context.ts"
import { deliver } from "../deliver.ts"
import { integer, path, required, text } from "../field.ts"
import { checkOutput, writeOutput } from "../output-file.ts"
import { withPin } from "../with-pin.ts"
import { name, outputFields, version } from "./key-fields.ts"
import { pinFields } from "./token-field.ts"

/** Larger than any public key, ciphertext or salt. */
const largest = 64 * 1024

const derivationFields = {
  saltFile: path("FILE", "HKDF's salt (none)"),
  info: text("TEXT", "HKDF's info: what the secret is for (none)"),
  bits: integer("N", "how many (256)"),
  as: text("NEW", "keep it in the vault as this key, which nobody sees"),
  algorithm: text("ALG", "what the new key is, with --as"),
  purpose: text("P", "its one job, with --as (what the algorithm is for)"),
}

interface Derivation {
  readonly saltFile?: string | undefined
  readonly info?: string | undefined
  readonly bits?: number | undefined
  readonly as?: string | undefined
  readonly algorithm?: string | undefined
  readonly purpose?: string | undefined
}

async function derivationOf(context: Context, { saltFile, info = "", bits, as, algorithm, purpose }: Derivation) {
  const given = {
    bits,
    info: new Uint8Array(Buffer.from(info)),
    ...(saltFile === undefined ? {} : { salt: (await context.readInput(saltFile, largest)).bytes }),
  }
  return as === undefined || algorithm === undefined ? given : { ...given, as: { name: as, algorithm, purpose } }
}

function requireWholeKey({ as, algorithm, purpose }: Derivation): void {
  const isWhole = (as === undefined) === (algorithm === undefined) && (as !== undefined || purpose === undefined)
  if (!isWhole) throw new VaultError("USAGE", "--as and --algorithm go together")
}

const derive = command({
  path: ["key", "derive"],
  summary: "a secret from NAME: by HKDF, or agreed with another; handed out, or kept as a new key",
  example: "key derive meeting --peer theirs.pem --as session --algorithm aes-256",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    version,
    mechanism: text(
      "M",
      "hkdf-sha256, -sha384, -sha512, ecdh-hkdf-sha256, …, ecdh, ml-kem-hkdf-sha256, …, ml-kem (the first that fits the key)",
    ),
    peer: path("FILE", "the other side's public key, PEM or DER"),
    in: path("FILE", "for ML-KEM: the ciphertext that the other side made for this key"),
    ...derivationFields,
    ...pinFields,
    ...outputFields,
  },
  check: requireWholeKey,
  async run(context, { name: key, version: number, mechanism, peer, in: path, out, force, pinFile, pinFd, ...args }) {
    const given = {
      name: key,
      version: number,
      mechanism,
      ...(peer === undefined ? {} : { peer: (await context.readInput(peer, largest)).bytes }),
      ...(path === undefined ? {} : { ciphertext: (await context.readInput(path, largest)).bytes }),
      ...(await derivationOf(context, args)),
    }
    const ask = () => withPin(context, { pinFile, pinFd }, (pin) => context.ask("key.derive", { ...given, ...pin }))
    if ("as" in given) return await ask()
    return await deliver(context, { out, force }, async () => {
      const { derived = new Uint8Array(0), ...about } = await ask()
      return { bytes: derived, isSecret: true, about, inline: (bytes) => ({ derived: base64(bytes) }) }
    })
  },
})

const encapsulate = command({
  path: ["key", "encapsulate"],
  summary: "a secret for the holder of an ML-KEM key: the ciphertext goes there, the secret stays here",
  example: "key encapsulate --peer theirs.pem --out for-them --as session --algorithm aes-256",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    peer: required(path("FILE", "the other side's public key, PEM or DER")),
    mechanism: text("M", "ml-kem-hkdf-sha256, …, or ml-kem: the secret as it is (ml-kem-hkdf-sha256)"),
    ...derivationFields,
    out: required(path("FILE", "the file for the ciphertext")),
    force: outputFields.force,
  },
  check: requireWholeKey,
  async run(context, { peer, mechanism, out, force, ...args }) {
    checkOutput(context.vaultPath, out, force)
    const given = {
      peer: (await context.readInput(peer, largest)).bytes,
      mechanism,
      ...(await derivationOf(context, args)),
    }
    const { ciphertext, derived, ...about } = await context.ask("key.encapsulate", given)
    const path = writeOutput(out, ciphertext, force)
    if (derived === undefined) return { path, ...about }
    context.warnOfSecret("--as NEW keeps it in the vault, unseen")
    using secret = new Secret(derived)
    return { path, derived: base64(secret.bytes), ...about }
  },
})

export const keyDeriveCommands = [derive, encapsulate]
