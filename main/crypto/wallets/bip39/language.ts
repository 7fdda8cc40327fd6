/** The ten official word lists of BIP-0039, by the names of their files (github.com/bitcoin/bips, bip-0039). */
export const bip39Languages = [
  "english",
  "japanese",
  "korean",
  "spanish",
  "chinese_simplified",
  "chinese_traditional",
  "french",
  "italian",
  "czech",
  "portuguese",
] as const

export type Bip39Language = (typeof bip39Languages)[number]

/** What a person who writes the language may do besides writing whole words with single spaces (BIP-0039, "Wordlists"). */
interface Habits {
  /** Four letters tell a word, and marks may be left out: so say the descriptions of these lists. */
  readonly isLatin: boolean
}

const latin: Habits = { isLatin: true }
const other: Habits = { isLatin: false }

export const habits: Readonly<Record<Bip39Language, Habits>> = {
  english: latin,
  japanese: other,
  korean: other,
  spanish: latin,
  chinese_simplified: other,
  chinese_traditional: other,
  french: latin,
  italian: latin,
  czech: latin,
  portuguese: latin,
}
