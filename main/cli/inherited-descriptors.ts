import { existsSync, fstatSync, readdirSync, type Stats, writeSync } from "node:fs"

/**
 * The descriptors that whoever started the program handed to it, as far as they can be read as a passphrase is. Found
 * out when this module is loaded, before the program opens anything; what Node.js itself has open by then is left out:
 * reading its pipe for signals would leave the program deaf to them.
 */
export const inheritedDescriptors: ReadonlySet<number> = findInherited()

interface Open {
  readonly fd: number
  readonly stats: Stats
}

function findInherited(): Set<number> {
  const open = candidates().flatMap((fd): Open[] => {
    const stats = statsOf(fd)
    return stats === null ? [] : [{ fd, stats }]
  })
  return new Set(open.filter((one) => isReadableKind(one) && !isPipeToItself(one, open)).map(({ fd }) => fd))
}

function candidates(): number[] {
  const folder = ["/proc/self/fd", "/dev/fd"].find(existsSync)
  return folder === undefined ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : readdirSync(folder).map(Number)
}

function statsOf(fd: number): Stats | null {
  try {
    return fstatSync(fd)
  } catch {
    return null
  }
}

/** Event queues and timers are none of these. */
function isReadableKind({ stats }: Open): boolean {
  return stats.isFile() || stats.isFIFO() || stats.isSocket() || stats.isCharacterDevice()
}

/** A pipe both of whose ends are here is the program's own: nobody else would write to it. */
function isPipeToItself({ stats }: Open, open: readonly Open[]): boolean {
  if (!stats.isFIFO()) return false
  const ends = open.filter((other) => other.stats.ino === stats.ino && other.stats.dev === stats.dev)
  const writable = ends.filter(({ fd }) => isWritable(fd))
  return writable.length > 0 && writable.length < ends.length
}

/** Writes nothing: only asks whether it could. */
function isWritable(fd: number): boolean {
  try {
    writeSync(fd, new Uint8Array(0))
    return true
  } catch {
    return false
  }
}
