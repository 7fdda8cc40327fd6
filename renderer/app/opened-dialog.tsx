import { RaiseEventDialog } from "../features/event/raise-event-dialog.tsx"
import { ImportDialog } from "../features/import/import-dialog.tsx"
import { NewKeyDialog } from "../features/key-actions/new-key-dialog.tsx"
import { NewKeyringDialog } from "../features/key-actions/new-keyring-dialog.tsx"
import { NewSeedDialog } from "../features/seeds/new-seed-dialog.tsx"
import { AboutDialog } from "../features/settings/about-dialog.tsx"
import { ChangePassphraseDialog } from "../features/settings/change-passphrase-dialog.tsx"
import type { PaletteDialog } from "./palette-entries.ts"
import type { PlaceName } from "./places.ts"

export type Dialog = PaletteDialog | "palette"

interface OpenedDialogProps {
  readonly dialog: Dialog | null
  readonly onClose: () => void
  readonly onOpenKey: (name: string) => void
  readonly onGo: (place: PlaceName) => void
}

/** What is made or said from everywhere, over whatever place is shown. */
export function OpenedDialog({ dialog, onClose, onOpenKey, onGo }: OpenedDialogProps) {
  switch (dialog) {
    case "new-key":
      return (
        <NewKeyDialog
          onClose={onClose}
          onOpenKey={onOpenKey}
          onSeeds={() => onGo("seeds")}
          onBackups={() => onGo("backups")}
        />
      )
    case "import":
      return <ImportDialog onClose={onClose} onOpenKey={onOpenKey} />
    case "new-keyring":
      return <NewKeyringDialog onMade={onClose} onClose={onClose} />
    case "change-passphrase":
      return <ChangePassphraseDialog onClose={onClose} />
    case "new-seed":
      return <NewSeedDialog onClose={onClose} />
    case "raise-event":
      return <RaiseEventDialog onClose={onClose} />
    case "about":
      return <AboutDialog onClose={onClose} />
    case "palette":
    case null:
      return null
  }
}
