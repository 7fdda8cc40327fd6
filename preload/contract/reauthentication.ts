import type { OperationName } from "./index.ts"
import type { WindowOperationName } from "./window.ts"

/**
 * What a window gets only for the passphrase of the open vault, typed again for this very request, as its `passphrase`: it
 * lets secrets out, takes the log along, or changes who can open the vault. Said of each: who checks it. An operation that
 * asks at every door does so itself; for the others it is the window's door.
 *
 * Not on it is what a key is there for: signing, encrypting and decrypting, also of files (`window.encrypt-file`,
 * `window.decrypt-file`), and making data keys. That gives what others entrusted to the key, never the key; its rules and the
 * log see to it. `window.save` writes what the page has already.
 */
export const reauthenticated = {
  "vault.passwd": "door",
  "vault.kdf": "operation",
  "vault.slot.add": "door",
  "vault.slot.remove": "door",
  "audit.export": "door",
  "audit.pack": "door",
  "token.import": "door",
  "seed.reveal": "operation",
  "seed.split": "operation",
  "window.child": "operation",
  "window.export-seed": "door",
  "window.copy-secret": "operation",
  "window.export": "door",
} as const satisfies Partial<Record<OperationName | WindowOperationName, "door" | "operation">>

export type ReauthenticatedName = keyof typeof reauthenticated

export function isReauthenticated(name: unknown): name is ReauthenticatedName {
  return typeof name === "string" && Object.hasOwn(reauthenticated, name)
}
