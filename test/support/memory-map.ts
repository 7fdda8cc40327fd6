import { closeSync, openSync, readFileSync, readSync } from "node:fs"

/** A run of addresses, in bytes, that really lies in RAM or swap. */
export interface Run {
  readonly from: number
  readonly to: number
}

const page = 4096
const entrySize = 8
/** pagemap(5): bit 63, in RAM; bit 62, in swap. They are the top two bits of the last byte. */
const inUse = 0xc0

/** The pages of a process that hold anything. Most of what V8 reserves never does. Needs root for pages of others. */
export function runsInUse(pid: number): Run[] {
  const pagemap = openSync(`/proc/${pid}/pagemap`, "r")
  try {
    return mappingsInUse(pid).flatMap((mapping) => runsOf(pagemap, mapping))
  } finally {
    closeSync(pagemap)
  }
}

/** Mappings with resident or swapped pages; devices (VmFlags "io", "pf") cannot be read and hold no data of ours. */
function mappingsInUse(pid: number): Run[] {
  const entries = readFileSync(`/proc/${pid}/smaps`, "utf8").split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  return entries.flatMap((entry) => {
    const range = /^([0-9a-f]+)-([0-9a-f]+) /.exec(entry)
    const kibibytes = [...entry.matchAll(/^(?:Rss|Swap): +(\d+) kB/gm)].map((match) => Number(match[1]))
    if (range === null || kibibytes.every((amount) => amount === 0)) return []
    if (/^VmFlags:.* (?:io|pf)\b/m.test(entry)) return []
    return [{ from: Number.parseInt(range[1] ?? "", 16), to: Number.parseInt(range[2] ?? "", 16) }]
  })
}

function runsOf(pagemap: number, { from, to }: Run): Run[] {
  const runs: { from: number; to: number }[] = []
  const entries = Buffer.alloc(((to - from) / page) * entrySize)
  const length = readSync(pagemap, entries, 0, entries.length, (from / page) * entrySize)
  for (let offset = 0; offset < length; offset += entrySize) {
    if (((entries[offset + entrySize - 1] ?? 0) & inUse) === 0) continue
    const address = from + (offset / entrySize) * page
    const last = runs.at(-1)
    if (last?.to === address) last.to += page
    else runs.push({ from: address, to: address + page })
  }
  return runs
}
