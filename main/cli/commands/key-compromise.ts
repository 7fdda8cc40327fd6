import { base64 } from "../base64.ts"
import { command } from "../command.ts"
import { deliver } from "../deliver.ts"
import { flag, required, text } from "../field.ts"
import { showOpened } from "./incident-fields.ts"
import { name, oneVersion, outputFields, reason } from "./key-fields.ts"

const compromise = command({
  path: ["key", "compromise"],
  summary: "a key is, or may be, in other hands: stop its use, find all that it bears on, and track what is to be done",
  example: "key compromise payroll --reason 'laptop stolen' --since 2026-03-01",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    reason,
    since: text("T", "from when on others may have had it (RFC 3339; without it: always)"),
    version: oneVersion,
    rehearse: flag("a rehearsal: everything but the key itself, to which nothing is done"),
  },
  run: ({ ask }, args) => ask("key.compromise", args),
  show: (opened) => showOpened(opened, opened.key),
})

const revocation = command({
  path: ["key", "revocation"],
  summary:
    "what tells others to trust a compromised key no more: for sshd's RevokedKeys, or an OpenPGP revocation certificate",
  example: "key revocation deploy --format openssh-krl --out revoked.krl",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name,
    version: oneVersion,
    format: required(
      text(
        "F",
        "openssh (public keys, a line each), openssh-krl (a key revocation list), openpgp, x509 (for the CA: certificates and reason)",
      ),
    ),
    ...outputFields,
  },
  run: (context, { out, force, ...args }) =>
    deliver(context, { out, force }, async () => {
      const { revocation: bytes, ...about } = await context.ask("key.revocation", args)
      const isText = args.format !== "openssh-krl"
      const encoded = (file: Uint8Array): string => (isText ? new TextDecoder().decode(file) : base64(file))
      return { bytes, isSecret: false, about, inline: (file) => ({ revocation: encoded(file) }) }
    }),
})

export const keyCompromiseCommands = [compromise, revocation]
