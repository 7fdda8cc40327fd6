import type { AnswerTo } from "../../api/ask.ts"
import type { CardSource } from "../../ui/secret-cards.tsx"

type Shares = NonNullable<AnswerTo<"vault.create">["recoveryShares"]>

/** The recovery shares of a new vault as cards for their custodians; `wipe` is the end of them. */
export function recoveryCards(shares: Shares, vaultName: string, threshold: number): CardSource {
  let isWiped = false
  return {
    count: shares.length,
    take: (index) => (isWiped ? null : (shares[index] ?? null)),
    wipe: () => {
      isWiped = true
      for (const share of shares) share.fill(0)
    },
    titleOf: (index) => `${vaultName}: recovery card ${index + 1} of ${shares.length}`,
    saysOf: () => [
      `Any ${threshold} of these ${shares.length} cards open the vault without its passphrase (SLIP-39). Fewer tell nothing.`,
      "Keep it away from the others, and from the vault.",
    ],
  }
}
