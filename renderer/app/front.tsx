import { useState } from "react"
import { useAnswer } from "../api/use-answer.ts"
import { UnlockScreen } from "../features/unlock/unlock-screen.tsx"
import { CreateVaultScreen } from "../features/welcome/create-vault-screen.tsx"
import { RestoreScreen } from "../features/welcome/restore-screen.tsx"
import { WelcomeScreen } from "../features/welcome/welcome-screen.tsx"
import { Workplace } from "./workplace.tsx"

type Place =
  | { readonly at: "welcome" | "create" | "restore" }
  | { readonly at: "unlock"; readonly path: string }
  | { readonly at: "work"; readonly path: string }

/** Before and after the door: which screen there is. */
export function Front() {
  const start = useAnswer("window.start", {})
  const [place, setPlace] = useState<Place | null>(null)
  if (start.data === undefined) return null
  const now = place ?? firstPlace(start.data)
  const welcome = () => setPlace({ at: "welcome" })
  const unlock = (path: string) => setPlace({ at: "unlock", path })
  const work = (path: string) => setPlace({ at: "work", path })
  switch (now.at) {
    case "welcome":
      return (
        <WelcomeScreen
          recent={start.data.recent}
          onOpen={unlock}
          onCreate={() => setPlace({ at: "create" })}
          onRestore={() => setPlace({ at: "restore" })}
        />
      )
    case "create":
      return <CreateVaultScreen suggestedPath={start.data.suggestedPath} onOpened={work} onBack={welcome} />
    case "restore":
      return <RestoreScreen onRestored={unlock} onBack={welcome} />
    case "unlock":
      return <UnlockScreen path={now.path} onUnlocked={() => work(now.path)} onBack={welcome} />
    case "work":
      return <Workplace path={now.path} />
  }
}

/** The vault used last is most likely the one that is wanted. */
function firstPlace({
  recent,
  openPath,
}: {
  recent: readonly { path: string; isThere: boolean }[]
  openPath: string | null
}): Place {
  if (openPath !== null) return { at: "work", path: openPath }
  const [last] = recent
  return last?.isThere === true ? { at: "unlock", path: last.path } : { at: "welcome" }
}
