/**
 * A command about something that has a name, as a shell takes it: the name is quoted where it has to be, and one that looks like an option comes
 * last, where nobody takes it for one.
 */
export function commandOn(name: string, command: string, options = ""): string {
  const words = name.startsWith("-") ? [command, options, "--", shellWord(name)] : [command, shellWord(name), options]
  return words.filter((word) => word !== "").join(" ")
}

/** By the rules of POSIX shells; PowerShell reads it the same way, but for a name with a quote in it. */
export function shellWord(name: string): string {
  return /^[\p{L}\p{M}\p{N}._/:@%+=,-]+$/u.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
