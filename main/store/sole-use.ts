/** Lets operations go on beside each other, but for what must be alone: that waits for them, and later ones wait for it. */
export class SoleUse {
  #users = 0
  /** Of the users, those that are alone or wait until they are. */
  #askers = 0
  #isAlone = false
  #waiting: (() => void)[] = []

  async beside<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#isAlone) await this.#change()
    this.#users += 1
    try {
      return await work()
    } finally {
      this.#users -= 1
      this.#tell()
    }
  }

  /** To be asked for by work that goes on `beside`. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#askers += 1
    this.#tell()
    while (this.#isAlone || this.#users > this.#askers) await this.#change()
    this.#isAlone = true
    try {
      return await work()
    } finally {
      this.#isAlone = false
      this.#askers -= 1
      this.#tell()
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #tell(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
