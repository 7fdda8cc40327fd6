import type { SharePlan } from "../../../preload/contract/seed.ts"
import type { AnswerTo } from "../../api/ask.ts"
import type { CardSource } from "../../ui/secret-cards.tsx"

type Split = AnswerTo<"seed.split">

/** The shares of a seed as cards for their custodians; `wipe` is the end of them. */
export function cardsOf({ name, fingerprint, shares }: Split, plan: SharePlan): CardSource {
  const cards = shares.flatMap((group, groupIndex) =>
    group.map((words, index) => ({ words, where: `${index + 1} of ${group.length}`, groupIndex })),
  )
  const needed = (groupIndex: number) => plan.groups[groupIndex]?.threshold ?? 0
  let isWiped = false
  return {
    count: cards.length,
    take: (index) => (isWiped ? null : (cards[index]?.words ?? null)),
    wipe: () => {
      isWiped = true
      for (const { words } of cards) words.fill(0)
    },
    titleOf: (index) => {
      const card = cards[index]
      if (card === undefined) return ""
      const group = shares.length === 1 ? "" : `, group ${card.groupIndex + 1} of ${shares.length}`
      return `${name}: share ${card.where}${group}`
    },
    saysOf: (index) => {
      const threshold = needed(cards[index]?.groupIndex ?? 0)
      return [
        `Seed ${fingerprint}, SLIP-39. Any ${threshold} shares of ${shares.length === 1 ? "this set" : "this group"} are enough${
          shares.length === 1
            ? " to restore it."
            : `; ${plan.groupThreshold} of ${shares.length} groups restore the seed.`
        }`,
        "Fewer tell nothing. Keep it away from the others.",
      ]
    },
  }
}
