import { command } from "../command.ts"
import { path, text } from "../field.ts"
import { backupsLeft, showDestroyed } from "./backups-left.ts"
import { requireOneTime, timeOfDestruction } from "./destruction-fields.ts"
import { oneVersion, reason, requireKey } from "./key-fields.ts"
import { largestKeyFile } from "./key-file.ts"
import { seedName } from "./seed-fields.ts"

const rotate = command({
  path: ["seed", "rotate"],
  summary:
    "a new seed takes its place; the old one stays to be watched, and the answer says which addresses to move from",
  example: "seed rotate savings --reason 'the paper was photographed'",
  vault: "opened",
  inBatch: "grouped",
  fields: {
    name: seedName,
    reason: text("R", "why, for the log"),
    diceFile: path("FILE", "throws of dice (1 to 6) or coins (H, T) to be mixed in"),
  },
  async run(context, { diceFile, ...args }) {
    const dice = diceFile === undefined ? undefined : (await context.readInput(diceFile, largestKeyFile)).bytes
    return await context.ask("seed.rotate", { ...args, dice })
  },
})

const destroy = command({
  path: ["seed", "destroy"],
  summary: "destroy a seed, after a waiting time or now; its fingerprint and public keys stay, to be watched by",
  example: "seed destroy old-wallet --now --reason 'moved everything' --yes",
  vault: "opened",
  inBatch: "alone",
  fields: {
    name: seedName,
    version: oneVersion,
    ...timeOfDestruction,
    reason,
  },
  check: requireOneTime,
  async run(context, { now, after, ...args }) {
    await requireKey(context, args.name)
    if (!now) return await context.ask("seed.schedule-destroy", { ...args, after })
    const left = await backupsLeft(context, args.name, args.version)
    const confirmed = await context.confirm(`What it holds is lost with it. ${left} Type the seed's name`, args.name)
    return await context.ask("seed.destroy", { ...args, confirmed })
  },
  show: showDestroyed,
})

export const seedLifeCommands = [rotate, destroy]
