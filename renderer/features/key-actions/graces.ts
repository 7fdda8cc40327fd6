/** For how long a version that was replaced still opens what it made. */
export const graces = [
  { value: "", label: "Until it is trimmed" },
  { value: "7d", label: "For 7 days" },
  { value: "30d", label: "For 30 days" },
  { value: "90d", label: "For 90 days" },
]

/** Of a rotation by steps: for how long it does so at least, before it is retired. */
export const gracesBySteps = [{ value: "1h", label: "For an hour" }, ...graces.filter(({ value }) => value !== "")]
