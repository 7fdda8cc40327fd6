import type { Algorithm, Mechanism } from "../../../preload/contract/values.ts"
import { VaultError } from "../../domain/vault-error.ts"
import type { AlgorithmFamily } from "./algorithm-family.ts"
import { familyOf } from "./registry.ts"

/** What is done with a mechanism. Its second half (verify, decrypt) goes by the same name. */
export type MechanismUse = "sign" | "encrypt" | "mac" | "wrap" | "derive"

/** The mechanisms of an algorithm for one use, its default first; none when it is not for that use (cli.md, "Mechanisms"). */
export function mechanismsOf(algorithm: Algorithm, use: MechanismUse): readonly Mechanism[] {
  return [...(schemes(familyOf(algorithm), use)?.keys() ?? [])]
}

/**
 * The mechanism that was asked for, or the default one.
 * @throws `INVALID_INPUT` "mechanism: …" when the algorithm has not the one that was asked for, or none for these uses
 */
export function chosenMechanism(
  algorithm: Algorithm,
  uses: MechanismUse | readonly MechanismUse[],
  asked?: Mechanism,
): Mechanism {
  const available = [uses].flat().flatMap((use) => mechanismsOf(algorithm, use))
  const chosen = asked ?? available[0]
  if (chosen === undefined || !available.includes(chosen)) throw unknownMechanism(available)
  return chosen
}

/** @throws `INVALID_INPUT` "mechanism: …" when the algorithm has it not */
export function schemeOf<Scheme>(available: ReadonlyMap<Mechanism, Scheme> | undefined, mechanism: Mechanism): Scheme {
  const scheme = available?.get(mechanism)
  if (scheme === undefined) throw unknownMechanism([...(available?.keys() ?? [])])
  return scheme
}

function unknownMechanism(available: readonly Mechanism[]): VaultError {
  const fitting = available.length === 0 ? "none does" : `these do: ${available.join(", ")}`
  return new VaultError("INVALID_INPUT", `mechanism: does not fit the key; ${fitting}`)
}

function schemes(family: AlgorithmFamily, use: MechanismUse): ReadonlyMap<Mechanism, unknown> | undefined {
  switch (use) {
    case "sign":
      return family.signatures
    case "encrypt":
      return family.encryptions
    case "mac":
      return family.macs
    case "wrap":
      return family.wrappings
    case "derive":
      return family.derivations
  }
}
