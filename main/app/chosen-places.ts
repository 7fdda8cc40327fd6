interface Places {
  readonly input: string
  readonly output: string
}

interface FileJob {
  /** The same for the same work on the same key. */
  readonly what: string
  /** Whether it was begun before, and then wanted something more of the person, such as a PIN. */
  readonly isAgain: boolean
  readonly from: () => Promise<string | null>
  readonly to: (input: string) => Promise<string | null>
}

/** Where a file is and goes, as the person says it: asked once for each work, also when that is tried again with a PIN. */
export class ChosenPlaces {
  #unfinished: { readonly what: string; readonly places: Places } | null = null

  /** @returns where the file went; `null` when the person dismissed a dialog */
  async work(job: FileJob, act: (places: Places) => Promise<void>): Promise<{ path: string | null }> {
    const known = job.isAgain && this.#unfinished?.what === job.what ? this.#unfinished.places : null
    this.#unfinished = null
    const places = known ?? (await placesFrom(job))
    if (places === null) return { path: null }
    // Another request may have been made meanwhile; whatever it chose is for nobody else.
    this.#unfinished = { what: job.what, places }
    await act(places)
    this.#unfinished = null
    return { path: places.output }
  }
}

async function placesFrom({ from, to }: FileJob): Promise<Places | null> {
  const input = await from()
  const output = input === null ? null : await to(input)
  return input === null || output === null ? null : { input, output }
}
