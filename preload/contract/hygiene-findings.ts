/** What a person asks of an inventory, the most urgent first. Without a schema: the command line names them before it needs one. */
export const hygieneFindings = [
  "weak",
  "same-material",
  "across-environments",
  "too-broad",
  "due",
  "never-backed-up",
  "deprecated",
  "never-rotated",
  "orphaned",
  "unused",
  "never-used",
] as const
