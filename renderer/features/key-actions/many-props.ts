import type { KeyObject } from "../../../preload/contract/key-object.ts"

/** Of each dialog for many keys. */
export interface ManyProps {
  readonly keys: readonly KeyObject[]
  /** @param isDone - whether anything was done, so that the keys need not stay selected */
  readonly onClose: (isDone: boolean) => void
}
