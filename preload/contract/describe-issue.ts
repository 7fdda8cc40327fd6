import type { z } from "zod"

type Issue = z.core.$ZodIssue

/** Says which field of an input is wrong and what it should be. Never repeats what was received. */
export function describeIssue(issue: Issue | undefined): string {
  if (issue === undefined) return "input"
  const { path, says } = locate(issue)
  return `${path.length === 0 ? "input" : path.join(".")}: ${says}`
}

function locate(issue: Issue): { path: PropertyKey[]; says: string } {
  if (issue.code !== "invalid_union") return { path: issue.path, says: wording(issue) }
  // Of the forms that would do, the one with the least to complain about is most likely the one that was meant.
  const [closest] = issue.errors.toSorted((one, other) => one.length - other.length)
  const inner = closest?.[0]
  if (inner === undefined || (inner.path.length === 0 && inner.code !== "custom")) {
    return { path: issue.path, says: "is not of a form that is known here" }
  }
  const { path, says } = locate(inner)
  return { path: [...issue.path, ...path], says }
}

function wording(issue: Issue): string {
  // The contract's own wordings begin with a small letter; those of the library don't.
  if (/^[a-z]/.test(issue.message)) return issue.message
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? "is missing" : `is not of type ${issue.expected}`
    case "invalid_value":
      return `is not one of: ${issue.values.map(String).join(", ")}`
    case "too_big":
      return `is too large: the most is ${issue.maximum}`
    case "too_small":
      return `is too small: the least is ${issue.minimum}`
    case "unrecognized_keys":
      return "holds a field that is not known"
    default:
      return "is not of the right form"
  }
}
