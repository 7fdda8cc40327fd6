import type { Progress, TellProgress } from "../domain/long-work.ts"

const MiB = 1024 * 1024
const eraseLine = "\r\u001b[K"

/** One line on a terminal that says how far long work has come; elsewhere nothing: nobody reads a log of percents. */
export function progressLine(stream: NodeJS.WriteStream): TellProgress {
  let shown = ""
  return (progress) => {
    if (!stream.isTTY) return
    const text = progress === null ? "" : progressText(progress)
    if (text === shown) return
    shown = text
    stream.write(`${eraseLine}${text}`)
  }
}

function progressText({ done, total, unit }: Progress): string {
  if (total === null) return unit === "bytes" ? `${Math.floor(done / MiB)} MiB` : ""
  const percent = `${Math.floor((100 * done) / Math.max(done, total))} %`
  return unit === "bytes" ? `${percent} of ${Math.ceil(total / MiB)} MiB` : percent
}
