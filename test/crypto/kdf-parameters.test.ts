import fc from "fast-check"
import { expect, test } from "vitest"
import type { Argon2idCost } from "../../main/crypto/argon2id.ts"
import {
  calibrate,
  checkKdfParameters,
  kdfFloor,
  lowMemoryFloor,
  measureKdf,
} from "../../main/crypto/kdf-parameters.ts"

const salt = new Uint8Array(16)
const floor = { ...kdfFloor, salt }

/** A machine on which one pass over one MiB takes so many milliseconds; it keeps what was measured. */
function machine(msPerMiBPass: number) {
  const measured: Argon2idCost[] = []
  const time = ({ memoryKiB, passes }: Argon2idCost) => (memoryKiB / 1024) * passes * msPerMiBPass
  const measure = (cost: Argon2idCost) => {
    measured.push(cost)
    return Promise.resolve(time(cost))
  }
  return { measure, measured, time }
}

test("the floor is 64 MiB, 3 passes, 4 lanes and 16 bytes of salt", () => {
  expect(checkKdfParameters({ memoryKiB: 65_536, passes: 3, lanes: 4, salt: new Uint8Array(16) })).toBeNull()
})

test.for([
  { memoryKiB: 65_535 },
  { memoryKiB: 19_456 },
  { memoryKiB: 0 },
  { memoryKiB: -1 },
  { memoryKiB: 65_536.5 },
  { memoryKiB: Number.NaN },
  { passes: 2 },
  { passes: 0 },
  { passes: 3.5 },
  { lanes: 3 },
  { lanes: 0 },
  { salt: new Uint8Array(15) },
  { salt: new Uint8Array(0) },
])("%o is weaker than allowed", (weaker) => {
  expect(checkKdfParameters({ ...floor, ...weaker })).toBe("weaker than allowed")
})

test.for([
  { memoryKiB: 4_194_305 },
  { memoryKiB: Number.MAX_SAFE_INTEGER },
  { passes: 1001 },
  { passes: 2 ** 32 },
  { lanes: 256 },
  { salt: new Uint8Array(65) },
])("%o is beyond the ceiling", (stronger) => {
  expect(checkKdfParameters({ ...floor, ...stronger })).toBe("beyond the ceiling")
})

test.for([
  { memoryKiB: 4_194_304, passes: 16 },
  { memoryKiB: 65_536, passes: 1000 },
])("the ceiling itself is allowed: %j", (cost) => {
  expect(checkKdfParameters({ ...cost, lanes: 255, salt: new Uint8Array(64) })).toBeNull()
})

test.for([
  { memoryKiB: 4_194_304, passes: 17 },
  { memoryKiB: 1_048_576, passes: 1000 },
])("what each bound alone would allow, and takes an hour together, is refused: %j", (cost) => {
  expect(checkKdfParameters({ ...cost, lanes: 4, salt: new Uint8Array(16) })).toBe("beyond the ceiling")
})

test("the low-memory floor counts only where the choice is recorded", () => {
  const low = { memoryKiB: 19_456, passes: 2, lanes: 1, salt }
  expect(lowMemoryFloor).toEqual({ memoryKiB: 19_456, passes: 2, lanes: 1 })
  expect(checkKdfParameters({ ...low, lowMemory: true })).toBeNull()
  expect(checkKdfParameters({ ...low, lowMemory: false })).toBe("weaker than allowed")
  expect(checkKdfParameters(low)).toBe("weaker than allowed")
  expect(checkKdfParameters({ ...low, memoryKiB: 19_455, lowMemory: true })).toBe("weaker than allowed")
  expect(checkKdfParameters({ ...low, passes: 1, lowMemory: true })).toBe("weaker than allowed")
})

test.for([
  ["a slow machine stays at the floor, and is not kept waiting to see how slow more would be", 10, 65_536, 3, 1],
  ["memory is raised once where it fits once", 1.2, 131_072, 3, 3],
  ["memory is raised to 256 MiB before any pass", 0.6, 262_144, 3, 3],
  ["then the passes are raised as far as they fit", 0.1, 262_144, 19, 4],
  ["no more passes than a vault accepts with that memory", 1e-6, 262_144, 256, 4],
  ["passes are raised at 64 MiB where 128 is too much", 1.5, 65_536, 5, 3],
] as const)("%s", async ([, speed, memoryKiB, passes, measurements]) => {
  const { measure, measured } = machine(speed)
  expect(await calibrate(measure)).toEqual({ memoryKiB, passes, lanes: 4 })
  expect(measured).toHaveLength(measurements)
})

test("what is chosen is in bounds, and takes less than 500 ms unless it is the floor", async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 1e-6, max: 100, noNaN: true }), async (speed) => {
      const { measure, time } = machine(speed)
      const chosen = await calibrate(measure)
      expect(checkKdfParameters({ ...chosen, salt })).toBeNull()
      if (chosen.passes !== kdfFloor.passes || chosen.memoryKiB !== kdfFloor.memoryKiB) {
        expect(time(chosen)).toBeLessThan(500)
      }
    }),
  )
})

test("a machine that gets slower while it is measured gets fewer passes, in few measurements", async () => {
  const { measure, measured } = machine(0.1)
  const tired = async (cost: Argon2idCost) => (await measure(cost)) * (cost.passes > 3 ? 3 : 1)
  expect(await calibrate(tired)).toEqual({ memoryKiB: 262_144, passes: 6, lanes: 4 })
  expect(measured.length).toBeLessThan(7)
})

test("more memory takes longer on the real machine", async () => {
  const little = await measureKdf({ memoryKiB: 1024, passes: 1, lanes: 1 })
  const much = await measureKdf({ memoryKiB: 65_536, passes: 3, lanes: 1 })
  expect(little).toBeGreaterThan(0)
  expect(much).toBeGreaterThan(little)
})
