import type { Failure } from "../../preload/contract/failure.ts"
import { detailOf, hintOf, messageOf } from "./words-of-window.ts"

/** An operation that was refused, in words for the window. */
export class OperationFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(messageOf(failure))
    this.failure = failure
  }

  /** By the person, which is no failure to them. */
  get isCancelled(): boolean {
    return this.failure.code === "CANCELLED"
  }

  /** What to do about it. */
  get hint(): string {
    return hintOf(this.failure)
  }

  /** Which field, rule, file or key it was about. */
  get detail(): string | null {
    return detailOf(this.failure)
  }
}
