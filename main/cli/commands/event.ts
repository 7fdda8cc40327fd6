import { eventKinds } from "../../../preload/contract/event-kinds.ts"
import { VaultError } from "../../domain/vault-error.ts"
import { command } from "../command.ts"
import { argument, flag, list, required, text, words } from "../field.ts"
import { reason } from "./key-fields.ts"

const id = argument(required(text("ID", "the event, as it was answered when it was raised")))

const raise = command({
  path: ["event", "raise"],
  summary: "note what happened that keys must change for, and begin to rotate by steps all that it touches",
  example: "event raise owner-departed --owner ann --reason 'left the company'",
  vault: "opened",
  inBatch: "alone",
  fields: {
    kind: argument(required(text("KIND", eventKinds.join(", ")))),
    owner: text("WHO", "keys that this person answers for"),
    environment: text("ENV", "keys that are used there"),
    algorithms: words("A,A", "keys of these algorithms"),
    key: list("NAME", "this key; may be repeated"),
    keyring: text("K", "of these only those in this keyring"),
    reason,
    dryRun: flag("only tell which keys it would touch"),
  },
  run: ({ ask }, { kind: given, key, ...args }) => {
    const kind = eventKinds.find((each) => each === given)
    if (kind === undefined) throw new VaultError("INVALID_INPUT", `kind: one of ${eventKinds.join(", ")} is expected`)
    return ask("event.raise", { ...args, kind, ...(key === undefined ? {} : { keys: key }) })
  },
})

const eventList = command({
  path: ["event", "list"],
  summary: "what happened that keys must change for, and how far they are",
  example: "event list",
  vault: "opened",
  inBatch: "grouped",
  fields: {},
  columns: ["id", "kind", "at", "counts", "closedAt"],
  run: ({ ask }) => ask("event.list", {}),
})

const show = command({
  path: ["event", "show"],
  summary: "one event, with what has become of each key",
  example: "event show ID",
  vault: "opened",
  inBatch: "grouped",
  fields: { id },
  run: ({ ask }, args) => ask("event.show", args),
})

const start = command({
  path: ["event", "start"],
  summary: "begin to rotate those keys of an event that nobody has begun to rotate",
  example: "event start ID",
  vault: "opened",
  inBatch: "alone",
  fields: { id },
  run: ({ ask }, args) => ask("event.start", args),
})

const close = command({
  path: ["event", "close"],
  summary: "note that nothing more is to be done about an event",
  example: "event close ID --reason 'all keys have changed'",
  vault: "opened",
  inBatch: "grouped",
  fields: { id, reason },
  run: ({ ask }, args) => ask("event.close", args),
})

export const eventCommands = [raise, eventList, show, start, close]
