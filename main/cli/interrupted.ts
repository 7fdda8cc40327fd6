/** A person stopped the program: not an error, and nothing to say about it. */
export class Interrupted extends Error {
  override readonly name = "Interrupted"
  readonly exitStatus: number

  /** @param signal - the number of the signal; shells show 128 more as the exit status */
  constructor(signal: number) {
    super("interrupted")
    this.exitStatus = 128 + signal
  }
}
