import type { WindowOutputOf } from "../../preload/contract/window.ts"
import type { UsbPort } from "../domain/usb-port.ts"
import type { Claviger } from "../operations/claviger.ts"
import type { ReportBug } from "../operations/to-failure.ts"
import type { SuggestPassphrase } from "./window-handlers.ts"

/** What the app is put together from. */
export interface DesktopParts {
  readonly claviger: Claviger
  readonly usb: Pick<UsbPort, "watch" | "close">
  readonly reportBug: ReportBug
  readonly about: () => Promise<WindowOutputOf<"window.about">>
  /** Whether somebody else than root could put another program in the installed one's place. */
  readonly isReplaceable: boolean
  readonly configDirectory: string
  readonly suggestedPath: string
  /** Of the bundles: the page's and the preload's. */
  readonly bundles: string
  /** Replaces a file of ours, and makes its folder. */
  readonly replaceFile: (path: string, bytes: Uint8Array) => void
  readonly suggestPassphrase: SuggestPassphrase
  /** Refuses a place for a file of the person's, such as the vault's own folder. */
  readonly checkFile: (vaultPath: string, path: string, mayReplace: boolean) => void
  /** Overwrites and removes a file whose content is meant, and refuses any other. */
  readonly shredFile: (path: string, isMeant: (content: Uint8Array) => boolean) => void
  /** Writes a file for the person, who may have agreed to replace what is there. */
  readonly writeFile: (path: string, bytes: Uint8Array, mayReplace: boolean) => void
}
