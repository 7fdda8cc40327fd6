import { type RefObject, useRef, useState } from "react"
import { ask } from "../../api/ask.ts"
import { type Task, useTask } from "../../api/use-task.ts"
import { isSameSecret, takeSecret } from "../../ui/secret-field.tsx"

interface PassphraseChange {
  readonly task: Task
  readonly first: RefObject<HTMLInputElement | null>
  readonly again: RefObject<HTMLInputElement | null>
  readonly problem: string | null
  /** @returns whether it was changed */
  change(): Promise<boolean>
}

/** A new passphrase for the vault, typed twice; the old one is asked for after it. */
export function usePassphraseChange(): PassphraseChange {
  const task = useTask()
  const first = useRef<HTMLInputElement>(null)
  const again = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  return {
    task,
    first,
    again,
    problem,
    async change() {
      const isSame = isSameSecret(first, again)
      setProblem(isSame ? null : "The two are not the same.")
      if (!isSame) return false
      return await task.run(async () => {
        const newPassphrase = takeSecret(first)
        takeSecret(again).fill(0)
        try {
          await ask("vault.passwd", { newPassphrase })
        } finally {
          newPassphrase.fill(0)
        }
      })
    },
  }
}
