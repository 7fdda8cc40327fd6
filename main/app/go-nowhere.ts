import type { App } from "electron"

/** Every page, ours or not: no navigation, no new window, no embedded page, no download. */
export function goNowhere(app: App): void {
  app.on("web-contents-created", (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: "deny" }))
    contents.on("will-navigate", (event) => event.preventDefault())
    contents.on("will-frame-navigate", (event) => event.preventDefault())
    contents.on("will-redirect", (event) => event.preventDefault())
    contents.on("will-attach-webview", (event) => event.preventDefault())
    contents.session.on("will-download", (event) => event.preventDefault())
  })
}
