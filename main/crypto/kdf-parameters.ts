import { Secret } from "../domain/secret.ts"
import { type Argon2idCost, type Argon2idParameters, argon2id } from "./argon2id.ts"
import { randomBytes } from "./random.ts"

/** The second choice of RFC 9106 section 4, and the least that a vault accepts. */
export const kdfFloor: Argon2idCost = { memoryKiB: 65_536, passes: 3, lanes: 4 }

/** OWASP's minimum, for machines that have not the memory: only where that was chosen, and the choice recorded. */
export const lowMemoryFloor: Argon2idCost = { memoryKiB: 19_456, passes: 2, lanes: 1 }

/** Above this a header is hostile: it would exhaust the machine or never end. */
const ceiling: Argon2idCost = { memoryKiB: 4 * 1024 * 1024, passes: 1000, lanes: 255 }

/** Memory times passes, in KiB: about a minute here. Each bound alone would allow an hour. */
const mostWork = 64 * 1024 * 1024

const saltSize = { least: 16, most: 64 }
const limitMs = 500
const memorySteps = [131_072, 262_144]

/** How long one derivation takes here, in milliseconds. */
export type MeasureKdf = (cost: Argon2idCost) => Promise<number>

/**
 * Whether a derivation may be tried at all: to be asked before it, of every header from outside.
 * Argon2 itself wants 8 KiB of memory for each lane, which the floor grants to as many lanes as the ceiling allows.
 * @returns `null` when the parameters are in bounds
 */
export function checkKdfParameters(
  parameters: Argon2idParameters & { readonly lowMemory?: boolean | undefined },
): "weaker than allowed" | "beyond the ceiling" | null {
  const { salt, lowMemory = false } = parameters
  const floor = lowMemory ? lowMemoryFloor : kdfFloor
  if (!(isWhole(parameters) && isAtLeast(parameters, floor) && salt.length >= saltSize.least))
    return "weaker than allowed"
  const isBounded = isAtLeast(ceiling, parameters) && parameters.memoryKiB * parameters.passes <= mostWork
  if (!(isBounded && salt.length <= saltSize.most)) return "beyond the ceiling"
  return null
}

function isWhole({ memoryKiB, passes, lanes }: Argon2idCost): boolean {
  return [memoryKiB, passes, lanes].every(Number.isInteger)
}

function isAtLeast(cost: Argon2idCost, floor: Argon2idCost): boolean {
  return cost.memoryKiB >= floor.memoryKiB && cost.passes >= floor.passes && cost.lanes >= floor.lanes
}

/**
 * The strongest parameters that stay under 500 ms on this machine: first the memory is raised (64, 128, 256 MiB), which
 * costs an attacker most, then the passes. Never under the floor, however slow the machine.
 */
export async function calibrate(measure: MeasureKdf): Promise<Argon2idCost> {
  let chosen = kdfFloor
  let chosenMs = await measure(chosen)
  for (const memoryKiB of memorySteps) {
    if (chosenMs >= limitMs) break
    const stronger = { ...chosen, memoryKiB }
    const strongerMs = await measure(stronger)
    if (strongerMs >= limitMs) break
    chosen = stronger
    chosenMs = strongerMs
  }
  return await raisePasses(chosen, chosenMs, measure)
}

/** Time grows with the passes: one division says how many fit, and each measurement corrects it downwards. */
async function raisePasses(base: Argon2idCost, baseMs: number, measure: MeasureKdf): Promise<Argon2idCost> {
  const mostPasses = Math.min(ceiling.passes, Math.floor(mostWork / base.memoryKiB))
  let passes = Math.min(passesWithin(base.passes, baseMs), mostPasses)
  while (passes > base.passes) {
    const raised = { ...base, passes }
    const raisedMs = await measure(raised)
    if (raisedMs < limitMs) return raised
    passes = Math.min(passes - 1, passesWithin(passes, raisedMs))
  }
  return base
}

function passesWithin(passes: number, ms: number): number {
  return Math.floor((limitMs * passes) / ms)
}

/** Derives once and takes the time, with a passphrase and a salt of no meaning. */
export async function measureKdf(cost: Argon2idCost): Promise<number> {
  using passphrase = new Secret(randomBytes(16))
  const salt = randomBytes(saltSize.least)
  const start = performance.now()
  using _ = await argon2id(passphrase, { ...cost, salt })
  return performance.now() - start
}
