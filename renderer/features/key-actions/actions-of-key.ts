import type { KeyObject } from "../../../preload/contract/key-object.ts"
import type { RotationObject } from "../../../preload/contract/rotation.ts"
import type { IconName } from "../../ui/icon.tsx"
import { actsOf, type RotationActName } from "../rotation/rotation-act.ts"

export type KeyActionName =
  | "rotate"
  | "rotate-by-steps"
  | "export"
  | "suspend"
  | "deactivate"
  | "move"
  | "relate"
  | "keep"
  | "compromise"
  | "destroy"
  | "copy-secret"
  | "copy-into-token"
  | RotationActName

export interface KeyAction {
  readonly name: KeyActionName
  /** The word on the button, and in the palette before the key's name. */
  readonly label: string
  /** As the command line and the log have it. */
  readonly operation: string
  readonly icon: IconName
}

/** Those with a place of their own beside what they change; the others are buttons under the key's name. */
const elsewhere: readonly KeyActionName[] = ["move", "copy-into-token", "relate", "rotate-by-steps"]

/** A copy goes into a token only of what may leave, encrypted or in the clear. */
export function mayGoIntoToken({ state, exportable, location, algorithm, purpose }: KeyObject): boolean {
  const isInUse = state === "active" || state === "pre-active" || state === "deactivated"
  return isInUse && location === "vault" && exportable !== "never" && algorithm !== "secret" && purpose !== "wallet"
}

/** What the state of a key allows, in the order of the buttons. */
export function actionsOf(value: KeyObject): readonly KeyAction[] {
  const { state, algorithm, purpose, destroysAt } = value
  const isActive = state === "active"
  const isSuspended = state === "suspended"
  const isThere = state !== "destroyed"
  const mayLeave = isThere && state !== "pending-destruction"
  const mayRotate = (isActive || state === "compromised") && purpose !== "wallet"
  const actions: readonly (KeyAction & { readonly isOffered: boolean })[] = [
    { name: "rotate", label: "Rotate", operation: "key.rotate", icon: "rotate", isOffered: mayRotate },
    {
      name: "rotate-by-steps",
      label: "Rotate by steps",
      operation: "rotation.start",
      icon: "rotate",
      isOffered: mayRotate && isActive && algorithm !== "secret",
    },
    {
      name: "copy-secret",
      label: "Copy",
      operation: "key.export",
      icon: "copy",
      isOffered: isActive && algorithm === "secret",
    },
    { name: "export", label: "Export", operation: "key.export", icon: "export", isOffered: mayLeave },
    isSuspended
      ? { name: "suspend", label: "Resume", operation: "key.resume", icon: "play", isOffered: true }
      : { name: "suspend", label: "Suspend", operation: "key.suspend", icon: "pause", isOffered: isActive },
    {
      name: "deactivate",
      label: "Deactivate",
      operation: "key.deactivate",
      icon: "stop",
      isOffered: isActive || isSuspended,
    },
    {
      name: "compromise",
      label: "Compromised",
      operation: "key.compromise",
      icon: "warning",
      isOffered: isThere && state !== "compromised",
    },
    { name: "move", label: "Move to keyring", operation: "key.set", icon: "folder", isOffered: isThere },
    {
      name: "copy-into-token",
      label: "Copy into token",
      operation: "token.import",
      icon: "token",
      isOffered: mayGoIntoToken(value),
    },
    { name: "relate", label: "Relate", operation: "key.relate", icon: "link", isOffered: isThere },
    {
      name: "keep",
      label: "Keep",
      operation: "key.cancel-destroy",
      icon: "play",
      isOffered: destroysAt !== undefined,
    },
    { name: "destroy", label: "Destroy", operation: "key.destroy", icon: "destroy", isOffered: isThere },
  ]
  return actions.filter(({ isOffered }) => isOffered)
}

/** @param rotation - by steps, which the panel shows with its own buttons */
export function buttonsOf(value: KeyObject, rotation: RotationObject | null): readonly KeyAction[] {
  const isRotating = rotation !== null && value.state === "active"
  return actionsOf(value).filter(({ name }) => !elsewhere.includes(name) && !(isRotating && name === "rotate"))
}

/** As the palette offers them: also what can be done about a rotation by steps that goes on. */
export function allActionsOf(value: KeyObject, rotation: RotationObject | null): readonly KeyAction[] {
  const actions = actionsOf(value)
  if (rotation === null) return actions
  return [
    ...actions.filter(({ name }) => name !== "rotate-by-steps"),
    ...actsOf(rotation).filter(({ isWaiting }) => !isWaiting),
  ]
}
