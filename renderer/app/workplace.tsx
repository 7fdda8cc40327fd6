import { type ReactNode, useEffect, useState } from "react"
import type { KeyObject } from "../../preload/contract/key-object.ts"
import { ask } from "../api/ask.ts"
import { useAnnouncement } from "../api/use-announcement.ts"
import { EditedKeysAlert } from "../features/audit/edited-keys-alert.tsx"
import { OpenEvent } from "../features/event/open-event.ts"
import { OpenIncident } from "../features/incident/open-incident.ts"
import type { KeyActionName } from "../features/key-actions/actions-of-key.ts"
import { KeyActionDialog } from "../features/key-actions/key-action-dialog.tsx"
import { type KeyringAct, KeyringActDialog } from "../features/settings/keyring-act-dialog.tsx"
import { TokenAlert } from "../features/tokens/token-alert.tsx"
import { ClipboardCountdown } from "./clipboard-countdown.tsx"
import { CommandPalette } from "./command-palette.tsx"
import { Navigation } from "./navigation.tsx"
import { type Dialog, OpenedDialog } from "./opened-dialog.tsx"
import { PlaceScreen } from "./place-screen.tsx"
import { Questions } from "./questions.tsx"
import { usePlaces } from "./use-places.ts"

/** What is done to a key that need not be open beside the list. */
interface KeyWork {
  readonly value: KeyObject
  readonly action: KeyActionName
}

/** An open vault: the bar on the left, one place beside it, and what may lie over it. */
export function Workplace({ path }: { readonly path: string }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [keyWork, setKeyWork] = useState<KeyWork | null>(null)
  const [keyringAct, setKeyringAct] = useState<KeyringAct | null>(null)
  const close = () => setDialog(null)
  const places = usePlaces(close)
  const { place, go, openKey, openIncident, openEvent } = places
  const isSeeds = place === "seeds" || dialog === "new-seed"
  useEffect(() => {
    void ask("window.place", { isSeeds })
  }, [isSeeds])
  // What is half done in a dialog is neither covered by another one nor lost with its screen.
  const isAtWork = () => dialog !== "palette" && document.querySelector("[aria-modal=true]") !== null
  const show = (next: Dialog) => {
    if (!isAtWork()) setDialog(next)
  }
  useAnnouncement("go", ({ to }) => {
    if (to === "lock") void ask("vault.lock", {})
    else if (isAtWork()) return
    else if (to === "keys" || to === "settings") go(to)
    else setDialog(to)
  })
  useShortcuts({ onPalette: () => show("palette"), onNewKey: () => show("new-key") })
  return (
    <Openers openIncident={openIncident} openEvent={openEvent}>
      <Navigation path={path} place={place} onGo={go} onPalette={() => setDialog("palette")} />
      <main className="place">
        <PlaceScreen
          path={path}
          places={places}
          onNewKey={() => setDialog("new-key")}
          onImport={() => setDialog("import")}
        />
      </main>
      <OpenedDialog dialog={dialog} onClose={close} onOpenKey={openKey} onGo={go} />
      {keyWork !== null && (
        <KeyActionDialog
          {...keyWork}
          onClose={() => setKeyWork(null)}
          onSuspend={() => setKeyWork({ ...keyWork, action: "suspend" })}
          onDestroyed={() => places.setKeyName(null)}
        />
      )}
      {keyringAct !== null && <KeyringActDialog act={keyringAct} onClose={() => setKeyringAct(null)} />}
      {dialog === "palette" && (
        <CommandPalette
          onClose={close}
          onGo={go}
          onBegin={places.begin}
          onDialog={setDialog}
          onIncidents={() => openIncident(null)}
          onEvents={() => openEvent(null)}
          onOpenKey={openKey}
          onKeyAction={(value, action) => {
            setKeyWork({ value, action })
            close()
          }}
          onKeyringAct={(act) => {
            setKeyringAct(act)
            close()
          }}
        />
      )}
      <ClipboardCountdown />
      <div className="alerts-over-all">
        <TokenAlert onShow={() => go("tokens")} />
        <EditedKeysAlert onVerify={() => places.begin("verify-vault")} />
      </div>
      <Questions />
    </Openers>
  )
}

interface OpenersProps extends Pick<ReturnType<typeof usePlaces>, "openIncident" | "openEvent"> {
  readonly children: ReactNode
}

/** Lets every screen lead to an incident or an event. */
function Openers({ openIncident, openEvent, children }: OpenersProps) {
  return (
    <OpenIncident value={openIncident}>
      <OpenEvent value={openEvent}>
        <div className="workplace">{children}</div>
      </OpenEvent>
    </OpenIncident>
  )
}

/** The menu has them too; where there is no menu bar the page hears them itself. */
function useShortcuts({ onPalette, onNewKey }: { onPalette: () => void; onNewKey: () => void }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      const action = { k: onPalette, n: onNewKey, l: () => void ask("vault.lock", {}) }[event.key]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [onPalette, onNewKey])
}
