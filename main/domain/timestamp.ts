let latest = { at: Number.NaN, text: "" }

/**
 * A moment as the vault writes it: RFC 3339 in UTC with milliseconds. Several keys are made within one millisecond; its
 * text is made once.
 * @param at - milliseconds since 1970
 */
export function timestamp(at: number): string {
  if (at !== latest.at) latest = { at, text: new Date(at).toISOString() }
  return latest.text
}
