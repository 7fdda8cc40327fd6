import { existsSync, readFileSync, statfsSync } from "node:fs"

const place = "/dev/shm"

/** Containers have 64 MiB of it unless told otherwise. */
const leastBytes = 4 * 1024 ** 3

/**
 * Has temporary files made in memory from now on, also by what is started, where a system has room there and nobody chose
 * another place. A disk takes milliseconds to make a write durable, which a vault asks for dozens of times; the calls stay the same.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env["TMPDIR"] === undefined && isUsable()) process.env["TMPDIR"] = place
}

/** Programs are compiled in temporary folders, and must start there. */
function isUsable(): boolean {
  if (!existsSync("/proc/mounts")) return false
  const mount = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .find(([, path]) => path === place)
  const [, , type, options = ""] = mount ?? []
  if (type !== "tmpfs" || options.split(",").some((option) => option === "noexec" || option === "ro")) return false
  const { bavail, bsize } = statfsSync(place)
  return bavail * bsize >= leastBytes
}
