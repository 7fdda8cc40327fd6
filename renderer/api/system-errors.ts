/** What a code of the operating system (errno) or of SQLite means to a person, and what to do. */
interface SystemWords {
  readonly message: string
  readonly hint: string
}

export interface SystemError {
  readonly code: string
  /** The file or folder that it was about. */
  readonly path: string | null
  /** Of a code that says more than the failure it is told with. */
  readonly words: SystemWords | null
}

const words: readonly (readonly [codes: RegExp, words: SystemWords])[] = [
  [
    /^ENOENT$/,
    {
      message: "The file, or the folder for it, is not there.",
      hint: "It may have been moved, renamed or unplugged. Look for it, then try again.",
    },
  ],
  [
    /^(EACCES|EPERM)$/,
    {
      message: "This machine does not let Claviger read or write there.",
      hint: "See who may use that file or folder, or choose another place.",
    },
  ],
  [
    /^(EROFS|SQLITE_READONLY.*)$/,
    {
      message: "That place can be read, but not written to.",
      hint: "Choose another place, or make the disk or folder writable.",
    },
  ],
  [
    /^ENOSPC$|^SQLITE_FULL$/,
    { message: "The disk is full.", hint: "Free some space, then try again. Nothing is lost." },
  ],
  [
    /^EDQUOT$/,
    { message: "Your share of the disk is used up.", hint: "Free some space, then try again. Nothing is lost." },
  ],
  [/^ENOTDIR$/, { message: "A part of that path is a file, where a folder should be.", hint: "Choose another place." }],
  [/^EISDIR$/, { message: "That is a folder, where a file should be.", hint: "Choose a file." }],
  [/^ENOTEMPTY$/, { message: "That folder is not empty.", hint: "Choose an empty one, or another name." }],
  [/^ELOOP$/, { message: "The links there lead round in a circle.", hint: "Choose another place." }],
  [
    /^(EMFILE|ENFILE)$/,
    { message: "Too many files are open on this machine.", hint: "Close other programs, then try again." },
  ],
  [/^ENAMETOOLONG$/, { message: "That name is longer than the disk takes.", hint: "Choose a shorter one." }],
  [/^EFBIG$/, { message: "The file would be larger than the disk takes.", hint: "Choose another disk." }],
  [/^EBUSY$/, { message: "Another program is using that file.", hint: "Close it there, then try again." }],
  [
    /^(EIO|SQLITE_IOERR.*)$/,
    {
      message: "The disk reported an error.",
      hint: "Back up what still can be read to another disk, and have this one checked.",
    },
  ],
  [/^(ENXIO|ENODEV)$/, { message: "The device is gone.", hint: "Plug it in again, then try again." }],
  [
    /^SQLITE_CANTOPEN.*$/,
    { message: "The vault's file can't be opened.", hint: "See that its folder is there, and who may use it." },
  ],
]

/** As main tells of one: `ENOENT, open, /keys/a.pem`. */
const told = /^(E[A-Z0-9]{2,}|SQLITE_[A-Z_]+)(?:, [a-z_]+)?(?:, (.+))?$/s

/** @returns `null` for a detail that is none */
export function systemErrorIn(detail: string | undefined): SystemError | null {
  const [, code, path] = told.exec(detail ?? "") ?? []
  if (code === undefined) return null
  return { code, path: path ?? null, words: words.find(([codes]) => codes.test(code))?.[1] ?? null }
}
