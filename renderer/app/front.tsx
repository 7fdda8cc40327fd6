import { lazy, Suspense, startTransition, useEffect, useState } from "react"
import type { AnswerTo } from "../api/ask.ts"
import { OperationFailed } from "../api/operation-failed.ts"
import { useAnnouncement } from "../api/use-announcement.ts"
import { useAnswer } from "../api/use-answer.ts"
import { UnlockScreen } from "../features/unlock/unlock-screen.tsx"
import { WelcomeScreen } from "../features/welcome/welcome-screen.tsx"
import { FailureNotice } from "../ui/failure-notice.tsx"
import { FrontNote, FrontPage } from "../ui/front-page.tsx"

/** Loaded while the passphrase is typed: the field for it is there sooner. */
const loadRest = () => import("./behind-front.ts")
const Workplace = lazy(async () => ({ default: (await loadRest()).Workplace }))
const CreateVaultScreen = lazy(async () => ({ default: (await loadRest()).CreateVaultScreen }))
const RestoreScreen = lazy(async () => ({ default: (await loadRest()).RestoreScreen }))
const AboutDialog = lazy(async () => ({ default: (await loadRest()).AboutDialog }))

const replaceable =
  "This program does not belong to root: other programs of yours could replace it. Help, About Claviger says which file it is."

type Place =
  | { readonly at: "welcome" | "create" | "restore" }
  | { readonly at: "unlock"; readonly path: string }
  | { readonly at: "work"; readonly path: string }

/** Before and after the door: which screen there is. */
export function Front() {
  const start = useAnswer("window.start", {})
  if (start.error !== null) {
    return (
      <FrontPage title="Claviger" subtitle="The window could not be set up">
        <FailureNotice failure={start.error} />
      </FrontPage>
    )
  }
  return start.data === undefined ? null : (
    <Suspense>
      <FrontWith start={start.data} />
    </Suspense>
  )
}

function FrontWith({ start }: { readonly start: AnswerTo<"window.start"> }) {
  const [place, setPlace] = useState(() => firstPlace(start))
  const [isAbout, setAbout] = useState(false)
  useEffect(() => {
    void loadRest()
  }, [])
  // Behind the door the place where one works hears it.
  useAnnouncement("go", ({ to }) => setAbout(to === "about" && place.at !== "work"))
  // One screen stays until the next one is there: a window is never empty in between.
  const go = (next: Place) => startTransition(() => setPlace(next))
  const welcome = () => go({ at: "welcome" })
  const unlock = (path: string) => go({ at: "unlock", path })
  const work = (path: string) => go({ at: "work", path })
  const screen = () => {
    switch (place.at) {
      case "welcome":
        return (
          <WelcomeScreen
            recent={start.recent}
            onOpen={unlock}
            onCreate={() => go({ at: "create" })}
            onRestore={() => go({ at: "restore" })}
          />
        )
      case "create":
        return <CreateVaultScreen suggestedPath={start.suggestedPath} onOpened={work} onBack={welcome} />
      case "restore":
        return <RestoreScreen onRestored={unlock} onBack={welcome} />
      case "unlock":
        return (
          <UnlockScreen
            path={place.path}
            refusal={place.path === start.refusal?.path ? new OperationFailed(start.refusal.failure) : null}
            removed={place.path === start.recent[0]?.path ? start.removed : null}
            onUnlocked={() => work(place.path)}
            onBack={welcome}
          />
        )
      case "work":
        return <Workplace path={place.path} />
    }
  }
  return (
    <>
      <FrontNote value={start.isReplaceable ? replaceable : null}>{screen()}</FrontNote>
      {isAbout && (
        <Suspense>
          <AboutDialog onClose={() => setAbout(false)} />
        </Suspense>
      )}
    </>
  )
}

/** The vault used last is most likely the one that is wanted. */
function firstPlace({ recent, openPath, refusal }: AnswerTo<"window.start">): Place {
  if (openPath !== null) return { at: "work", path: openPath }
  if (refusal !== null) return { at: "unlock", path: refusal.path }
  const [last] = recent
  return last?.isThere === true ? { at: "unlock", path: last.path } : { at: "welcome" }
}
