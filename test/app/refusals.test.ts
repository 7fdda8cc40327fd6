import { EventEmitter } from "node:events"
import type { App, Session } from "electron"
import { expect, test } from "vitest"
import { goNowhere } from "../../main/app/go-nowhere.ts"
import { denyPermissions } from "../../main/app/permissions.ts"

class Contents extends EventEmitter {
  readonly session = new EventEmitter()
  mayOpen: () => { action: string } = () => ({ action: "allow" })

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.mayOpen = handler
  }
}

function contentsThatGoNowhere(): Contents {
  const app = new EventEmitter()
  // Of the app only its events are used.
  goNowhere(app as unknown as App)
  const contents = new Contents()
  app.emit("web-contents-created", {}, contents)
  return contents
}

test.for(["will-navigate", "will-frame-navigate", "will-redirect", "will-attach-webview"])(
  "%s is prevented",
  (event) => {
    let isPrevented = false
    contentsThatGoNowhere().emit(event, {
      preventDefault() {
        isPrevented = true
      },
    })
    expect(isPrevented).toBe(true)
  },
)

test("a download is prevented", () => {
  let isPrevented = false
  contentsThatGoNowhere().session.emit("will-download", {
    preventDefault() {
      isPrevented = true
    },
  })
  expect(isPrevented).toBe(true)
})

test("no window opens", () => {
  expect(contentsThatGoNowhere().mayOpen()).toEqual({ action: "deny" })
})

type Decide = (contents: null, permission: string, decide: (isAllowed: boolean) => void) => void

function sessionHandlers() {
  const handlers = new Map<string, (...args: never[]) => unknown>()
  const session = new Proxy({}, { get: (_, name) => (handler: never) => handlers.set(String(name), handler) })
  // Of the session only its setters of handlers are used.
  denyPermissions(session as Session)
  return handlers
}

test.for(["clipboard-read", "media", "geolocation", "notifications", "hid", "serial", "usb", "midi", "fullscreen"])(
  "the permission %s is denied, asked for or looked up",
  (permission) => {
    const handlers = sessionHandlers()
    const answers: boolean[] = []
    // Each handler has the form that Electron documents for it.
    const request = handlers.get("setPermissionRequestHandler") as Decide | undefined
    request?.(null, permission, (isAllowed) => answers.push(isAllowed))
    expect(answers).toEqual([false])
    expect(handlers.get("setPermissionCheckHandler")?.()).toBe(false)
    expect(handlers.get("setDevicePermissionHandler")?.()).toBe(false)
  },
)
