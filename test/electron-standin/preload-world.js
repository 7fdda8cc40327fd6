// The isolated world: what a sandboxed preload gets of Electron. One expression: (wire, key, preload, binding) => void
;(wire, key, preload, binding) => {
  if (window !== window.top) return
  const page = document
  const exposed = []
  const calls = new Map()
  const listeners = new Map()
  let promises = 0
  let nextCall = 0

  const keep = (callback) => exposed.push(callback) - 1
  const say = (what, value) => page.dispatchEvent(new CustomEvent(key + what, { detail: wire.encode(value, keep) }))
  const tellHost = (message) => window[binding](JSON.stringify(message))
  const callback =
    (id) =>
    (...args) =>
      say("callback", { id, args })

  page.addEventListener(`${key}call`, ({ detail }) => {
    const { id, args } = wire.decode(detail, callback)
    try {
      const value = exposed[id](...args)
      if (!(value instanceof Promise)) return say("answer", { value })
      promises += 1
      const promise = promises
      say("answer", { promise })
      value.then(
        (settled) => say("settle", { promise, value: settled }),
        (error) => say("settle", { promise, error: String(error?.message ?? error) }),
      )
    } catch (error) {
      say("answer", { error: String(error?.message ?? error) })
    }
  })

  const ipcRenderer = {
    invoke: async (channel, ...args) => {
      const text = wire.encode(args)
      nextCall += 1
      const call = nextCall
      return new Promise((resolve, reject) => {
        calls.set(call, { resolve, reject })
        tellHost({ kind: "invoke", call, channel, args: text })
      })
    },
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    off: (channel, listener) =>
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((other) => other !== listener),
      ),
  }

  window[`${binding}Receive`] = ({ kind, call, channel, text, error }) => {
    if (kind === "message") {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...wire.decode(text))
      return
    }
    const { resolve, reject } = calls.get(call)
    calls.delete(call)
    if (error === undefined) resolve(wire.decode(text))
    else reject(new Error(error))
  }

  let lastInput = Number.NEGATIVE_INFINITY
  for (const type of ["keydown", "mousedown", "mousemove", "wheel"]) {
    const noteInput = () => {
      if (performance.now() - lastInput < 200) return
      lastInput = performance.now()
      tellHost({ kind: "input", type })
    }
    window.addEventListener(type, noteInput, { capture: true, passive: true })
  }

  const contextBridge = { exposeInMainWorld: (name, api) => say("expose", { name, api }) }
  const electron = { contextBridge, ipcRenderer }
  const require = (name) => {
    if (name !== "electron") throw new Error(`module not found: ${name} (a sandboxed preload has electron only)`)
    return electron
  }
  preload(require, { exports: {} }, {})
}
