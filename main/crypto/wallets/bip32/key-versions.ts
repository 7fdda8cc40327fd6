/** Which coins a key is for: real ones, or the worthless ones that programs are tried with. */
export type Network = "mainnet" | "testnet"

/** What addresses are made of a key's children, as its prefix says (SLIP-0132): anything, P2WPKH in P2SH, or P2WPKH. */
export type KeyFlavour = "x" | "y" | "z"

/** What the first four bytes of a serialized extended key say (SLIP-0132, "Registered HD version bytes"). */
export interface KeyVersion {
  readonly network: Network
  readonly flavour: KeyFlavour
  readonly isPrivate: boolean
}

interface VersionBytes extends KeyVersion {
  readonly bytes: number
}

const versions: readonly VersionBytes[] = [
  { bytes: 0x0488b21e, network: "mainnet", flavour: "x", isPrivate: false },
  { bytes: 0x0488ade4, network: "mainnet", flavour: "x", isPrivate: true },
  { bytes: 0x049d7cb2, network: "mainnet", flavour: "y", isPrivate: false },
  { bytes: 0x049d7878, network: "mainnet", flavour: "y", isPrivate: true },
  { bytes: 0x04b24746, network: "mainnet", flavour: "z", isPrivate: false },
  { bytes: 0x04b2430c, network: "mainnet", flavour: "z", isPrivate: true },
  { bytes: 0x043587cf, network: "testnet", flavour: "x", isPrivate: false },
  { bytes: 0x04358394, network: "testnet", flavour: "x", isPrivate: true },
  { bytes: 0x044a5262, network: "testnet", flavour: "y", isPrivate: false },
  { bytes: 0x044a4e28, network: "testnet", flavour: "y", isPrivate: true },
  { bytes: 0x045f1cf6, network: "testnet", flavour: "z", isPrivate: false },
  { bytes: 0x045f18bc, network: "testnet", flavour: "z", isPrivate: true },
]

/** The version that these four bytes stand for, or null when they are none of ours: another coin's, or that of a key for multisignature. */
export function keyVersionOf(bytes: number): KeyVersion | null {
  return versions.find((version) => version.bytes === bytes) ?? null
}

export function versionBytesOf({ network, flavour, isPrivate }: KeyVersion): number {
  const found = versions.find(
    (version) => version.network === network && version.flavour === flavour && version.isPrivate === isPrivate,
  )
  if (found === undefined) throw new Error("no such version")
  return found.bytes
}
