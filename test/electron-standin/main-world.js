// The page's side of contextBridge: makes what the preload exposes out of text. Runs before any script of the page, and listens to
// events whose name the page cannot know. One expression: (wire, key) => void
;(wire, key) => {
  if (window !== window.top) return
  const page = document
  const send = page.dispatchEvent.bind(page)
  const Event = CustomEvent
  const kept = []
  const waiting = new Map()
  let answer = null

  const keep = (callback) => kept.push(callback) - 1
  const say = (what, value) => send(new Event(key + what, { detail: wire.encode(value, keep) }))
  const hear = (what, listener) =>
    page.addEventListener(key + what, ({ detail }) => listener(wire.decode(detail, remote)))

  function remote(id) {
    return (...args) => {
      say("call", { id, args })
      const { error, promise, value } = answer
      if (error !== undefined) throw new Error(error)
      if (promise === undefined) return value
      return new Promise((resolve, reject) => waiting.set(promise, { resolve, reject }))
    }
  }

  hear("answer", (said) => {
    answer = said
  })
  hear("settle", ({ promise, error, value }) => {
    const { resolve, reject } = waiting.get(promise)
    waiting.delete(promise)
    if (error === undefined) resolve(value)
    else reject(new Error(error))
  })
  hear("callback", ({ id, args }) => kept[id]?.(...args))
  hear("expose", ({ name, api }) => {
    Object.defineProperty(window, name, { value: Object.freeze(api), enumerable: true })
  })
}
