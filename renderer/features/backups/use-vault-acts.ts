import { useState } from "react"
import type { LongOperation } from "../../../preload/contract/announcements.ts"
import { type AnswerTo, ask } from "../../api/ask.ts"
import { useTask } from "../../api/use-task.ts"

export type Done =
  | { readonly act: "back-up"; readonly made: AnswerTo<"vault.backup"> }
  | { readonly act: "verify-vault"; readonly report: AnswerTo<"vault.verify"> }

export interface VaultActs {
  readonly isRunning: boolean
  readonly failure: Error | null
  readonly done: Done | null
  /** What is going on. */
  readonly doing: Doing | null
  backUp(): void
  verify(): void
}

interface Doing {
  readonly says: string
  readonly long: LongOperation
}

const doings: Readonly<Record<Done["act"], Doing>> = {
  "back-up": { says: "Writing and proving", long: "vault.backup" },
  "verify-vault": { says: "Verifying", long: "vault.verify" },
}

/** What is done to the vault as a whole, one thing at a time, and what came of the last. */
export function useVaultActs(): VaultActs {
  const task = useTask()
  const [running, setRunning] = useState<Done["act"]>("back-up")
  const [done, setDone] = useState<Done | null>(null)
  const run = (act: Done["act"], work: () => Promise<void>) =>
    void task.run(async () => {
      setRunning(act)
      setDone(null)
      await work()
    })
  return {
    isRunning: task.isRunning,
    failure: task.failure,
    done,
    doing: task.isRunning ? doings[running] : null,
    backUp: () =>
      run("back-up", async () => {
        const suggestedName = `backup-${new Date().toISOString().slice(0, 10)}.clvbackup`
        const { path } = await ask("window.choose", { what: "backup-file", suggestedName })
        // The dialog has asked whether to replace what is there.
        if (path !== null) setDone({ act: "back-up", made: await ask("vault.backup", { out: path, force: true }) })
      }),
    verify: () =>
      run("verify-vault", async () => setDone({ act: "verify-vault", report: await ask("vault.verify", {}) })),
  }
}
