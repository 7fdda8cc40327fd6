import { execFileSync } from "node:child_process"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import type { Figure } from "./figure.ts"
import type { Lab } from "./lab.ts"
import { count } from "./table.ts"

const Times = z.object({ runtime: z.string(), search: z.array(z.number()), list: z.array(z.number()) })

/** P7: what the window's list waits for, through the app's own bridge: a search at each letter, and every order and filter. */
export function searchFigures(lab: Lab): Figure[] {
  const { bulk } = lab.sizes
  const vault = lab.vaultOf(bulk)
  const home = lab.folder("home")
  cpSync(vault.path, join(home, "default.claviger"), { recursive: true })
  const program = join(import.meta.dirname, "../desktop/list-times.ts")
  const written = execFileSync(process.execPath, [program, home], { encoding: "utf8" })
  const { runtime, search, list } = Times.parse(JSON.parse(written))
  const among = `among ${count(bulk)} keys, over the bridge (${runtime})`
  return [
    figure(`search as one types ${among}: p95`, search, 0.95, 50, 1),
    figure(`the same: median`, search, 0.5, 50, null),
    figure(`order and filter ${among}: p95`, list, 0.95, 100, 1),
    figure(`the same: median`, list, 0.5, 100, null),
  ]
}

function figure(work: string, times: readonly number[], share: number, limit: number, goal: number | null): Figure {
  const sorted = times.toSorted((one, other) => one - other)
  const ours = sorted[Math.floor(sorted.length * share)] ?? 0
  return { work, ours, than: "what feels immediate", beside: limit, unit: "ms", goal }
}
