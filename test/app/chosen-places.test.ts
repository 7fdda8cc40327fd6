import { expect, test, vi } from "vitest"
import { ChosenPlaces } from "../../main/app/chosen-places.ts"

const from = () => Promise.resolve<string | null>("in")
const to = (input: string) => Promise.resolve<string | null>(`${input}.age`)
const refuse = () => Promise.reject(new Error("a PIN is needed"))

test("a person is asked once where a file goes, also when the work wants a PIN first", async () => {
  const places = new ChosenPlaces()
  const asked = vi.fn(from)
  await expect(places.work({ what: "encrypt a", isAgain: false, from: asked, to }, refuse)).rejects.toThrow("PIN")
  const act = vi.fn(async () => undefined)
  expect(await places.work({ what: "encrypt a", isAgain: true, from: asked, to }, act)).toEqual({ path: "in.age" })
  expect(act).toHaveBeenCalledWith({ input: "in", output: "in.age" })
  expect(asked).toHaveBeenCalledTimes(1)
})

test("what was chosen is for that work only, and only until it is done", async () => {
  const places = new ChosenPlaces()
  const asked = vi.fn(from)
  const done = async () => undefined
  await places.work({ what: "encrypt a", isAgain: false, from: asked, to }, done)
  await places.work({ what: "encrypt a", isAgain: true, from: asked, to }, done)
  expect(asked).toHaveBeenCalledTimes(2)
  await expect(places.work({ what: "encrypt a", isAgain: false, from: asked, to }, refuse)).rejects.toThrow("PIN")
  await places.work({ what: "decrypt a", isAgain: true, from: asked, to }, done)
  expect(asked).toHaveBeenCalledTimes(4)
})

test("who dismisses a dialog is asked for nothing more", async () => {
  const act = vi.fn(async () => undefined)
  const later = vi.fn(to)
  const none = () => Promise.resolve<string | null>(null)
  const job = { what: "encrypt a", isAgain: false, from: none, to: later }
  expect(await new ChosenPlaces().work(job, act)).toEqual({ path: null })
  expect(later).not.toHaveBeenCalled()
  expect(act).not.toHaveBeenCalled()
})
