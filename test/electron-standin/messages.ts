/** What the main process asks of the process that owns Chromium. Values that came from or go to a page are text of wire.js. */
export type ToHost =
  | { kind: "open"; window: number; width: number; height: number; preload: string; denied: string[] }
  | { kind: "load"; window: number; url: string }
  | { kind: "send"; window: number; channel: string; text: string }
  | { kind: "reply"; window: number; call: number; text?: string; error?: string }
  | { kind: "crash" | "close" | "front"; window: number }
  | { kind: "served"; request: number; status: number; headers: [string, string][]; body: Uint8Array }
  | { kind: "mayNavigate"; request: number; isAllowed: boolean }
  | { kind: "appearance"; scheme: "light" | "dark" | null }
  | { kind: "evaluated"; id: number; value?: unknown; error?: string }
  | { kind: "quit" }

/** What it tells the main process. */
export type ToMain =
  | { kind: "invoke"; window: number; call: number; channel: string; text: string; url: string; isTop: boolean }
  | { kind: "serve"; request: number; url: string; method: string; window: number }
  | { kind: "navigate"; request: number; url: string; window: number }
  | { kind: "popup"; url: string; window: number }
  | { kind: "input"; window: number; type: string }
  | { kind: "loaded" | "gone" | "closed"; window: number }
  | { kind: "evaluate"; id: number; source: string; argument: unknown }
  | { kind: "quit" }
