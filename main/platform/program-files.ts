import { createHash } from "node:crypto"
import { closeSync, createReadStream, openSync, statSync } from "node:fs"
import { dirname } from "node:path"

/**
 * The one file that this program is loaded from: the AppImage, the archive of an installed package, or of a checkout the bundle.
 * @param entry - the bundle that runs
 */
export function programFile(entry: string, appImage = process.env["APPIMAGE"]): string {
  return appImage ?? /^.*?\.asar(?=[\\/])/.exec(entry)?.[0] ?? entry
}

/**
 * Whether somebody else than root could put another program in its place. Linux knows no signature of an archive: there, only the
 * owner of the files stands against it.
 */
export function isReplaceable(file: string, platform = process.platform): boolean {
  return platform === "linux" && placesAbove(file).some(isOthersToo)
}

/** SHA-256 in hexadecimal, to be compared with what was published. */
export async function hashOfProgram(file: string): Promise<string> {
  const fd = withoutArchives(() => openSync(file, "r"))
  try {
    const hash = createHash("sha256")
    for await (const chunk of createReadStream("", { fd, autoClose: false })) hash.update(chunk)
    return hash.digest("hex")
  } finally {
    closeSync(fd)
  }
}

/** Electron shows an archive as a folder, unless it is told not to. */
function withoutArchives<Result>(act: () => Result): Result {
  Reflect.set(process, "noAsar", true)
  try {
    return act()
  } finally {
    Reflect.set(process, "noAsar", false)
  }
}

function placesAbove(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...placesAbove(parent)]
}

const writableByOthers = 0o022
const sticky = 0o1000

/** In a sticky folder only the owner of what lies there can replace it. */
function isOthersToo(path: string): boolean {
  const { uid, mode } = withoutArchives(() => statSync(path))
  return uid !== 0 || ((mode & writableByOthers) !== 0 && (mode & sticky) === 0)
}
