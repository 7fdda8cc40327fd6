import type { HealthCause, TokenCheck, TokenHealth } from "../../../preload/contract/token-health.ts"

/** What was looked at, as a person calls it. */
export const checkWords: Readonly<Record<TokenCheck["check"], string>> = {
  present: "Is there",
  identity: "Is the same",
  firmware: "Firmware",
  answers: "Answers",
  "self-test": "Keys work",
  "user-pin": "PIN",
  "so-pin": "SO PIN",
  memory: "Free memory",
  errors: "Errors",
}

/** By word and shape: colour alone tells nothing. */
export const outcomeWords: Readonly<Record<TokenCheck["outcome"], string>> = {
  ok: "● well",
  warning: "▲ look at it",
  failed: "✕ not well",
  skipped: "○ left out",
}

export const causeWords: Readonly<Record<HealthCause, string>> = {
  asked: "asked for",
  schedule: "by schedule",
  "plugged-in": "something was plugged in",
}

/** What of a report a person must know, in one line. */
export function findingsOf({ checks }: TokenHealth): string {
  return checks
    .filter(({ outcome }) => outcome === "failed" || outcome === "warning")
    .map(({ check, says }) => `${checkWords[check]}: ${says}`)
    .join("; ")
}

/** @param reports - the newest first */
export function lastOfEach(reports: readonly TokenHealth[]): TokenHealth[] {
  return reports.filter((report, at) => reports.findIndex(({ uri }) => uri === report.uri) === at)
}
