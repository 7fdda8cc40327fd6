import { generateKeyPairSync } from "node:crypto"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { reachedFrom } from "../../../main/domain/blast-radius.ts"
import type { RelationKind } from "../../../preload/contract/values.ts"
import { TestVault, utf8 } from "../../support/vaults.ts"

interface Relation {
  readonly from: number
  readonly to: number
  readonly kind: RelationKind
}

const kinds: readonly RelationKind[] = ["protects", "wraps", "depends-on"]

function relationsAmong(keys: number): fc.Arbitrary<Relation[]> {
  const key = fc.nat({ max: keys - 1 })
  return fc
    .array(fc.record({ from: key, to: key, kind: fc.constantFrom(...kinds) }), { maxLength: 2 * keys })
    .map((relations) => relations.filter(({ from, to }) => from !== to))
}

/** Which key falls with which, by Floyd and Warshall: a table of everything, filled without any order or queue. */
function distances(keys: number, relations: readonly Relation[]): number[][] {
  const table = Array.from({ length: keys }, (_, from) =>
    Array.from({ length: keys }, (_, to) => (from === to ? 0 : Infinity)),
  )
  for (const { from, to, kind } of relations) {
    const [falls, withIt] = kind === "depends-on" ? [to, from] : [from, to]
    const row = table[falls]
    if (row !== undefined) row[withIt] = 1
  }
  const at = (from: number, to: number): number => table[from]?.[to] ?? Infinity
  for (let by = 0; by < keys; by++) {
    for (let from = 0; from < keys; from++) {
      const row = table[from]
      if (row !== undefined)
        for (let to = 0; to < keys; to++) row[to] = Math.min(at(from, to), at(from, by) + at(by, to))
    }
  }
  return table
}

const size = 7
const nameOf = (key: number): string => `key ${key}`

let vault: TestVault

beforeAll(async () => {
  vault = await TestVault.create()
  for (let key = 0; key < size; key++) await vault.generate(nameOf(key))
})

afterAll(() => vault[Symbol.dispose]())

test("a vault finds just the keys that a table of all ways does, in both directions, circles or not", async () => {
  const property = fc.asyncProperty(relationsAmong(size), fc.nat({ max: size - 1 }), async (relations, start) => {
    const made = new Map(relations.map((each) => [`${each.from} ${each.kind} ${each.to}`, each]))
    const relate = (remove: boolean) =>
      Promise.all(
        [...made.values()].map(({ from, to, kind }) =>
          vault.ask("key.relate", { name: nameOf(from), kind, other: nameOf(to), remove }),
        ),
      )
    await relate(false)
    const { blastRadius } = await vault.ask("incident.preview", { name: nameOf(start) })
    await relate(true)
    const found = (effect: string) => {
      const keys = blastRadius.filter((item) => item.kind === "key" && item.effect === effect)
      // Each key once.
      expect(new Set(keys.map(({ name }) => name)).size).toBe(keys.length)
      return new Set(keys.map(({ name, distance }) => `${name} at ${distance}`))
    }
    const table = distances(size, relations)
    const expected = (distanceTo: (key: number) => number) =>
      new Set(
        Array.from({ length: size }, (_, key) => key)
          .filter((key) => key !== start && distanceTo(key) < Infinity)
          .map((key) => `${nameOf(key)} at ${distanceTo(key)}`),
      )
    expect(found("exposed")).toEqual(expected((key) => table[start]?.[key] ?? Infinity))
    expect(found("cause")).toEqual(expected((key) => table[key]?.[start] ?? Infinity))
  })
  await fc.assert(property, { numRuns: 15 })
}, 120_000)

test("the walk agrees with the table on large graphs too", () => {
  const keys = 40
  const property = fc.property(relationsAmong(keys), (relations) => {
    const stepsFrom = (id: string) =>
      relations.flatMap(({ from, to, kind }) => {
        const [falls, withIt] = kind === "depends-on" ? [to, from] : [from, to]
        return String(falls) === id ? [{ keyId: String(withIt), how: kind }] : []
      })
    const reached = new Map([...reachedFrom("0", stepsFrom)].map(({ keyId, distance }) => [Number(keyId), distance]))
    const table = distances(keys, relations)
    const expected = (table[0] ?? []).map((distance, key) => [key, distance] as const)
    expect(reached).toEqual(new Map(expected.filter(([key, distance]) => key !== 0 && distance < Infinity)))
  })
  fc.assert(property, { numRuns: 200 })
})

test("the same key under another name is exposed with it", async () => {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  for (const name of ["original", "copy"]) await vault.ask("key.import", { name, file: utf8(pem) })
  const { blastRadius } = await vault.ask("incident.preview", { name: "original" })
  expect(blastRadius).toContainEqual({
    kind: "key",
    effect: "exposed",
    name: "copy",
    how: "original is the same key as it",
    distance: 1,
  })
})

test("a wrapped key exposes what it wrapped in turn, and what that was derived into, each at its distance", async () => {
  for (const name of ["outer", "middle"]) await vault.generate(name, { purpose: "key-wrapping", exportable: "yes" })
  await vault.ask("key.generate", { name: "inner", algorithm: "hmac-sha256", purpose: "mac", exportable: "yes" })
  await vault.ask("key.wrap", { name: "outer", secret: { key: "middle" } })
  await vault.ask("key.wrap", { name: "middle", secret: { key: "inner" } })
  // In a circle, which ends where it began.
  await vault.ask("key.wrap", { name: "middle", secret: { key: "outer" } })
  await vault.ask("key.relate", { name: "inner", kind: "protects", other: nameOf(0) })
  const { blastRadius } = await vault.ask("incident.preview", { name: "outer" })
  const exposed = blastRadius.filter(({ kind, effect }) => kind === "key" && effect === "exposed")
  expect(exposed.map(({ name, how, distance }) => [name, how, distance])).toEqual([
    ["middle", "outer wrapped it", 1],
    ["inner", "middle wrapped it", 2],
    [nameOf(0), "inner protects it", 3],
  ])
})

test("a key that stands for another one exposes what that one protects", async () => {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  for (const name of ["here", "there"]) await vault.ask("key.import", { name, file: utf8(pem) })
  await vault.ask("key.relate", { name: nameOf(1), kind: "wraps", other: "here" })
  await vault.ask("key.relate", { name: "there", kind: "protects", other: nameOf(2) })
  const { blastRadius } = await vault.ask("incident.preview", { name: nameOf(1) })
  const exposed = blastRadius.filter(({ kind, effect }) => kind === "key" && effect === "exposed")
  expect(exposed.map(({ name, distance }) => [name, distance])).toEqual([
    ["here", 1],
    ["there", 2],
    [nameOf(2), 3],
  ])
})

test("a walk without end can be left at any key", () => {
  const walk = reachedFrom("0", (id) => [{ keyId: String(Number(id) + 1), how: "wraps" }])
  const found: number[] = []
  for (const { distance } of walk) {
    found.push(distance)
    if (found.length === 3) break
  }
  expect(found).toEqual([1, 2, 3])
})
