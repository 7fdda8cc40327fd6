import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { IconName } from "../../ui/icon.tsx"

export type KeyActionName = "rotate" | "export" | "suspend" | "destroy" | "copy-secret"

export interface KeyAction {
  readonly name: KeyActionName
  /** The word on the button, and in the palette before the key's name. */
  readonly label: string
  readonly icon: IconName
}

/** What the state of a key allows, in the order of the buttons. */
export function actionsOf({ state, algorithm, purpose }: KeyObject): readonly KeyAction[] {
  const isActive = state === "active"
  const isSuspended = state === "suspended"
  const isThere = state !== "destroyed"
  const actions: readonly (KeyAction & { readonly isOffered: boolean })[] = [
    {
      name: "rotate",
      label: "Rotate",
      icon: "rotate",
      isOffered: isActive && algorithm !== "secret" && purpose !== "wallet",
    },
    { name: "copy-secret", label: "Copy", icon: "copy", isOffered: isActive && algorithm === "secret" },
    { name: "export", label: "Export", icon: "export", isOffered: isThere },
    isSuspended
      ? { name: "suspend", label: "Resume", icon: "play", isOffered: true }
      : { name: "suspend", label: "Suspend", icon: "pause", isOffered: isActive },
    { name: "destroy", label: "Destroy", icon: "destroy", isOffered: isThere },
  ]
  return actions.filter(({ isOffered }) => isOffered)
}
