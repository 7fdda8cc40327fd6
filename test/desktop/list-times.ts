// What P7 asks for: node list-times.ts HOME, a profile with a vault of many keys. Prints the milliseconds as JSON.
import { App } from "./app.ts"
import { passphrase } from "./vault-plan.ts"

const [home = ""] = process.argv.slice(2)
const app = await App.start({ home })
await app.unlock(passphrase)

/** A window full, as the list asks for it first. */
const limit = 60

/** As the page waits for them: asked over the bridge, answered and unpacked. */
function timesOf(requests: readonly object[]): Promise<number[]> {
  return app.page.evaluate(async (these) => {
    const times: number[] = []
    for (const request of these) {
      const askedAt = performance.now()
      const reply = await window.claviger.invoke("key.list", request)
      times.push(performance.now() - askedAt)
      if (typeof reply !== "object" || reply === null || Reflect.get(reply, "ok") !== true) throw new Error("refused")
    }
    return times
  }, requests)
}

/** Each beginning of a text: what is searched for as it is typed. */
const typed = (text: string) => Array.from(text, (_, index) => text.slice(0, index + 1))
const searches = ["key-000007", "key-049999", "key-100000", "bench key", "nothing"].flatMap(typed)

const orders = ["name", "algorithm", "purpose", "keyring", "state", "created", "next-rotation"]
const filters = [
  {},
  { state: "active" },
  { state: "suspended" },
  { due: true },
  { purpose: "mac" },
  { algorithm: "aes-256" },
  { keyring: "personal" },
  { state: "active", purpose: "encryption", keyring: "personal" },
]
const lists = filters.flatMap((filter) =>
  orders.flatMap((order) => [false, true].map((descending) => ({ ...filter, order, descending, limit }))),
)

// What is read for the first time only is read before.
await timesOf(lists)
const search = await timesOf(searches.map((query) => ({ query, limit })))
const list = await timesOf(lists)
console.log(JSON.stringify({ runtime: app.runtime, search, list }))
await app.quit()
