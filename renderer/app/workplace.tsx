import { useEffect, useState } from "react"
import type { KeyObject } from "../../preload/contract/key-object.ts"
import { ask } from "../api/ask.ts"
import { type BegunAct, screenActs } from "../api/screen-acts.ts"
import { useAnnouncement } from "../api/use-announcement.ts"
import { AuditScreen } from "../features/audit/audit-screen.tsx"
import { BackupsScreen } from "../features/backups/backups-screen.tsx"
import { useVaultActs } from "../features/backups/use-vault-acts.ts"
import { HealthScreen } from "../features/health/health-screen.tsx"
import { IncidentsScreen } from "../features/incident/incidents-screen.tsx"
import { OpenIncident } from "../features/incident/open-incident.ts"
import type { KeyActionName } from "../features/key-actions/actions-of-key.ts"
import { KeyActionDialog } from "../features/key-actions/key-action-dialog.tsx"
import type { KeyFilter } from "../features/keys/key-filter.ts"
import { KeysScreen } from "../features/keys/keys-screen.tsx"
import { SeedsScreen } from "../features/seeds/seeds-screen.tsx"
import { SettingsScreen } from "../features/settings/settings-screen.tsx"
import { TokenAlert } from "../features/tokens/token-alert.tsx"
import { TokensScreen } from "../features/tokens/tokens-screen.tsx"
import { ClipboardCountdown } from "./clipboard-countdown.tsx"
import { CommandPalette } from "./command-palette.tsx"
import { Navigation } from "./navigation.tsx"
import { type Dialog, OpenedDialog } from "./opened-dialog.tsx"
import type { ShownPlace } from "./places.ts"
import { Questions } from "./questions.tsx"

/** What is done to a key that need not be open beside the list. */
interface KeyWork {
  readonly value: KeyObject
  readonly action: KeyActionName
}

/** An open vault: the bar on the left, one place beside it, and what may lie over it. */
export function Workplace({ path }: { readonly path: string }) {
  const [place, setPlace] = useState<ShownPlace>("keys")
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const [keyName, setKeyName] = useState<string | null>(null)
  const [keyFilter, setKeyFilter] = useState<KeyFilter>({})
  const [begun, setBegun] = useState<BegunAct | null>(null)
  const [keyWork, setKeyWork] = useState<KeyWork | null>(null)
  const [incident, setIncident] = useState<string | null>(null)
  const vaultActs = useVaultActs()
  const close = () => setDialog(null)
  const go = (to: ShownPlace) => {
    setPlace(to)
    setBegun(null)
    setKeyFilter({})
    close()
  }
  const openKey = (name: string) => {
    setKeyName(name)
    go("keys")
  }
  const showKeys = (filter: KeyFilter) => {
    setKeyName(null)
    go("keys")
    setKeyFilter(filter)
  }
  const openIncident = (id: string | null) => {
    setIncident(id)
    go("incidents")
  }
  useEffect(() => {
    void ask("window.place", { isSeeds: place === "seeds" })
  }, [place])
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
    <OpenIncident value={openIncident}>
      <div className="workplace">
        <Navigation path={path} place={place} onGo={go} onPalette={() => setDialog("palette")} />
        <main className="place">
          {place === "keys" && (
            <KeysScreen
              firstFilter={keyFilter}
              openName={keyName}
              onOpen={setKeyName}
              onNew={() => setDialog("new-key")}
              onImport={() => setDialog("import")}
            />
          )}
          {place === "seeds" && <SeedsScreen />}
          {place === "tokens" && <TokensScreen />}
          {place === "health" && (
            <HealthScreen begun={begun} onOpenKey={openKey} onShowKeys={showKeys} onBackups={() => go("backups")} />
          )}
          {place === "incidents" && <IncidentsScreen id={incident} onOpenKey={openKey} />}
          {place === "audit" && <AuditScreen begun={begun} />}
          {place === "backups" && <BackupsScreen begun={begun} acts={vaultActs} />}
          {place === "settings" && <SettingsScreen path={path} />}
        </main>
        <OpenedDialog dialog={dialog} path={path} onClose={close} onOpenKey={openKey} onGo={go} />
        {keyWork !== null && (
          <KeyActionDialog
            {...keyWork}
            onClose={() => setKeyWork(null)}
            onSuspend={() => setKeyWork({ ...keyWork, action: "suspend" })}
            onDestroyed={() => setKeyName(null)}
          />
        )}
        {dialog === "palette" && (
          <CommandPalette
            onClose={close}
            onGo={go}
            onBegin={(act) => {
              go(screenActs[act].place)
              setBegun({ act })
            }}
            onDialog={setDialog}
            onIncidents={() => openIncident(null)}
            onOpenKey={openKey}
            onKeyAction={(value, action) => {
              setKeyWork({ value, action })
              close()
            }}
          />
        )}
        <ClipboardCountdown />
        <TokenAlert onShow={() => go("tokens")} />
        <Questions />
      </div>
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
