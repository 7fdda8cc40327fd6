/** For how long a version that was replaced still opens what it made. */
export const graces = [
  { value: "", label: "Until it is trimmed" },
  { value: "7d", label: "For 7 days" },
  { value: "30d", label: "For 30 days" },
  { value: "90d", label: "For 90 days" },
]
