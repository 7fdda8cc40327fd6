import { expect, test } from "vitest"
import { neededBy } from "../../renderer/features/key-actions/needed-by.ts"

test("a key is needed by what it protects or wraps, and by what depends on it", () => {
  const relations = [
    { kind: "protects", direction: "to", key: "payroll" },
    { kind: "wraps", direction: "to", key: "archive" },
    { kind: "depends-on", direction: "from", key: "deploy" },
  ] as const
  expect(neededBy({ relations: [...relations] })).toEqual(["payroll", "archive", "deploy"])
})

test("what a key depends on, or is protected or wrapped by, does not need it", () => {
  const relations = [
    { kind: "protects", direction: "from", key: "master" },
    { kind: "wraps", direction: "from", key: "transport" },
    { kind: "depends-on", direction: "to", key: "root" },
  ] as const
  expect(neededBy({ relations: [...relations] })).toEqual([])
})

test("a key that needs it in two ways counts once", () => {
  const relations = [
    { kind: "protects", direction: "to", key: "payroll" },
    { kind: "depends-on", direction: "from", key: "payroll" },
  ] as const
  expect(neededBy({ relations: [...relations] })).toEqual(["payroll"])
})
