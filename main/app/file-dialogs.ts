import type { BrowserWindow, Dialog } from "electron"
import type { Choice } from "../../preload/contract/window-choice.ts"

interface Question {
  readonly title: string
  readonly button: string
  /** An existing file or folder, or a new name. */
  readonly kind: "folder" | "file" | "new"
  readonly suffix?: string
}

/** What is asked for by main itself is not for a page to name. */
export type AskedPlace =
  | Choice
  | "export"
  | "export-seed"
  | "shred"
  | "result"
  | "inventory"
  | "file-to-encrypt"
  | "file-to-decrypt"
  | "encrypted-file"
  | "decrypted-file"

const questions: Readonly<Record<AskedPlace, Question>> = {
  "open-vault": { title: "Open a vault", button: "Open", kind: "folder" },
  "create-vault": { title: "Where to keep the new vault", button: "Choose", kind: "new", suffix: ".claviger" },
  "backup-file": { title: "Save a backup", button: "Back up", kind: "new", suffix: ".clvbackup" },
  "restore-file": { title: "Choose a backup", button: "Choose", kind: "file" },
  "restore-to": { title: "Where to restore the vault to", button: "Choose", kind: "new", suffix: ".claviger" },
  "audit-export": { title: "Export the audit log", button: "Export", kind: "new", suffix: ".jsonl" },
  "audit-pack": { title: "Pack for an auditor", button: "Pack", kind: "new", suffix: ".zip" },
  "export-folder": { title: "Where to export to", button: "Export here", kind: "folder" },
  "token-library": { title: "Choose a PKCS#11 library", button: "Add", kind: "file" },
  shred: { title: "Choose the original to shred", button: "Shred", kind: "file" },
  "export-seed": { title: "Export a seed, encrypted", button: "Export", kind: "new" },
  export: { title: "Export a key", button: "Export", kind: "new" },
  result: { title: "Save the result", button: "Save", kind: "new" },
  inventory: { title: "Export the inventory", button: "Export", kind: "new" },
  "file-to-encrypt": { title: "Choose the file to encrypt", button: "Choose", kind: "file" },
  "file-to-decrypt": { title: "Choose the file to decrypt", button: "Choose", kind: "file" },
  "encrypted-file": { title: "Where to put the encrypted file", button: "Encrypt", kind: "new" },
  "decrypted-file": { title: "Where to put the decrypted file", button: "Decrypt", kind: "new" },
}

/** Asks the person for a place, in the system's own dialog. @returns `null` when the dialog was dismissed */
export async function askForPath(
  dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">,
  window: BrowserWindow,
  what: AskedPlace,
  suggested: string,
): Promise<string | null> {
  const { title, button: buttonLabel, kind, suffix = "" } = questions[what]
  if (kind === "new") {
    const defaultPath = suggested.endsWith(suffix) ? suggested : suggested + suffix
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title,
      buttonLabel,
      defaultPath,
      properties: ["createDirectory", "showOverwriteConfirmation"],
    })
    return canceled || filePath === "" ? null : filePath
  }
  const properties = kind === "folder" ? (["openDirectory", "createDirectory"] as const) : (["openFile"] as const)
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel,
    properties: [...properties],
  })
  return canceled ? null : (filePaths[0] ?? null)
}
