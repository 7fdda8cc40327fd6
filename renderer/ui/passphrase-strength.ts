/** How long guessing takes somebody who has the vault and good hardware; `null` for an empty field. */
export interface Strength {
  /** 0 to 4. */
  readonly score: number
  readonly says: string
}

const words = ["Guessed at once", "Guessed within days", "Holds for a while", "Good", "Very good"] as const

/** The estimator is large and needed on one screen: it is loaded there. */
export async function strengthOf(passphrase: string): Promise<Strength | null> {
  if (passphrase === "") return null
  const { default: zxcvbn } = await import("zxcvbn")
  // It slows down with the square of the length, and beyond this adds nothing.
  const { score, feedback } = zxcvbn(passphrase.slice(0, 100))
  const advice = feedback.warning === "" ? (feedback.suggestions[0] ?? "") : feedback.warning
  return { score, says: [words[score], advice].filter((part) => part !== "" && part !== undefined).join(". ") }
}
