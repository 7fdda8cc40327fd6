import { AuditScreen } from "../features/audit/audit-screen.tsx"
import { BackupsScreen } from "../features/backups/backups-screen.tsx"
import { useVaultActs } from "../features/backups/use-vault-acts.ts"
import { EventsScreen } from "../features/event/events-screen.tsx"
import { HealthScreen } from "../features/health/health-screen.tsx"
import { IncidentsScreen } from "../features/incident/incidents-screen.tsx"
import { KeysScreen } from "../features/keys/keys-screen.tsx"
import { SeedsScreen } from "../features/seeds/seeds-screen.tsx"
import { SettingsScreen } from "../features/settings/settings-screen.tsx"
import { TokensScreen } from "../features/tokens/tokens-screen.tsx"
import type { usePlaces } from "./use-places.ts"

interface PlaceScreenProps {
  readonly path: string
  readonly places: ReturnType<typeof usePlaces>
  readonly onNewKey: () => void
  readonly onImport: () => void
}

/** The screen of the place that is shown. */
export function PlaceScreen({ path, places, onNewKey, onImport }: PlaceScreenProps) {
  // Backing up and verifying go on while other places are shown.
  const vaultActs = useVaultActs()
  const { place, begun, openKey } = places
  switch (place) {
    case "keys":
      return (
        <KeysScreen
          firstFilter={places.keyFilter}
          openName={places.keyName}
          onOpen={places.setKeyName}
          onNew={onNewKey}
          onImport={onImport}
        />
      )
    case "seeds":
      return <SeedsScreen />
    case "tokens":
      return <TokensScreen />
    case "health":
      return (
        <HealthScreen
          begun={begun}
          onOpenKey={openKey}
          onShowKeys={places.showKeys}
          onBackups={() => places.go("backups")}
        />
      )
    case "incidents":
      return <IncidentsScreen id={places.incident} onOpenKey={openKey} />
    case "events":
      return <EventsScreen shown={places.event} onOpenKey={openKey} />
    case "audit":
      return <AuditScreen begun={begun} />
    case "backups":
      return <BackupsScreen begun={begun} acts={vaultActs} />
    case "settings":
      return <SettingsScreen path={path} />
  }
}
