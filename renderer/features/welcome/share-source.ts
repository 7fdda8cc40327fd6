/** Shares as a function, so that React's state has a way to them and not the shares themselves. */
export interface ShareSource {
  readonly count: number
  readonly take: (index: number) => Uint8Array | null
}

export function handOut(shares: readonly Uint8Array[]): ShareSource["take"] {
  return (index) => shares[index] ?? null
}
