import type { Progress, TellProgress } from "../domain/progress.ts"

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

function progressText({ done, total }: Progress): string {
  if (total === null) return `${Math.floor(done / MiB)} MiB`
  return `${Math.floor((100 * done) / Math.max(done, total))} % of ${Math.ceil(total / MiB)} MiB`
}
