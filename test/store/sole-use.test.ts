import { expect, test } from "vitest"
import { SoleUse } from "../../main/store/sole-use.ts"

/** Work whose end is in the test's hand, and what happened so far. */
class Course {
  readonly events: string[] = []
  readonly #ends = new Map<string, () => void>()

  work(name: string): () => Promise<void> {
    return () =>
      new Promise((resolve) => {
        this.events.push(`${name} begins`)
        this.#ends.set(name, () => {
          this.events.push(`${name} ends`)
          resolve()
        })
      })
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.()
    await settled()
  }
}

/** After this, whatever can go on without the test has gone on. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

test("operations go on beside each other", async () => {
  const [use, course] = [new SoleUse(), new Course()]
  void use.beside(course.work("one"))
  void use.beside(course.work("two"))
  await settled()
  expect(course.events).toEqual(["one begins", "two begins"])
})

test("what must be alone waits for what goes on, and what comes later waits for it", async () => {
  const [use, course] = [new SoleUse(), new Course()]
  void use.beside(course.work("early"))
  void use.beside(() => use.alone(course.work("sole")))
  await settled()
  expect(course.events).toEqual(["early begins"])
  await course.end("early")
  void use.beside(course.work("late"))
  await settled()
  expect(course.events).toEqual(["early begins", "early ends", "sole begins"])
  await course.end("sole")
  expect(course.events.slice(3)).toEqual(["sole ends", "late begins"])
})

test("two that must be alone are so one after the other", async () => {
  const [use, course] = [new SoleUse(), new Course()]
  void use.beside(() => use.alone(course.work("one")))
  void use.beside(() => use.alone(course.work("two")))
  await settled()
  expect(course.events).toEqual(["one begins"])
  await course.end("one")
  expect(course.events).toEqual(["one begins", "one ends", "two begins"])
})

test("whoever was alone and goes on is waited for like any other", async () => {
  const [use, course] = [new SoleUse(), new Course()]
  void use.beside(async () => {
    await use.alone(course.work("alone"))
    await course.work("going on")()
  })
  void use.beside(() => use.alone(course.work("other")))
  await settled()
  await course.end("alone")
  expect(course.events).toEqual(["alone begins", "alone ends", "going on begins"])
  await course.end("going on")
  expect(course.events.at(-1)).toBe("other begins")
})

test("what fails is over too", async () => {
  const [use, course] = [new SoleUse(), new Course()]
  const fail = () => Promise.reject(new Error("it failed"))
  await expect(use.beside(() => use.alone(fail))).rejects.toThrow("it failed")
  void use.beside(() => use.alone(course.work("next")))
  await settled()
  expect(course.events).toEqual(["next begins"])
})
