import { type Failure, failures } from "../../preload/contract/failure.ts"

/** What the table says of a failure is for the command line here and there: the window has other ways. */
const hintsOfWindow: Partial<Record<Failure["code"], string>> = {
  INTERNAL: "This is a bug. Its reference is in the app's log, bugs.log.",
  USAGE: "Fill in what is missing.",
  NOT_FOUND: "It may have been renamed, moved or removed in the meantime.",
  STATE_DENIED: "The Versions tab shows the state of each version.",
  CONFIRMATION_REQUIRED: "Confirm it, then try again.",
  ROLLBACK_DETECTED: "If you put an older copy back on purpose, open it as it is; that is logged.",
}

/** An operation that was refused, in the words of the failure table. */
export class OperationFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failures[failure.code].message)
    this.failure = failure
  }

  get hint(): string {
    return hintsOfWindow[this.failure.code] ?? failures[this.failure.code].hint
  }

  /** Which field, rule, file or key it was about. */
  get detail(): string | null {
    return this.failure.detail ?? this.failure.reference ?? null
  }
}
