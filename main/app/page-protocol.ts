import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { extname, join, relative, sep } from "node:path"
import type { CustomScheme, Session } from "electron"

export const origin = "app://claviger"
export const startUrl = `${origin}/index.html`

/** Standard, so that it has origins; secure, so that the page counts as a safe one; nothing else is switched on. */
export const scheme: CustomScheme = { scheme: "app", privileges: { standard: true, secure: true } }

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
}

const nonceMark = "__NONCE__"

/**
 * Serves the renderer's own files, known by name from the start: no path that a page could ask for leads elsewhere.
 * @param folder - of the renderer's bundle
 */
export function servePages(session: Session, folder: string): void {
  const files = readPages(folder)
  session.protocol.handle("app", ({ url, method }) => {
    const { host, pathname } = new URL(url)
    const file = host === "claviger" && method === "GET" ? files.get(pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404, headers: headersFor("none") })
    const nonce = randomBytes(16).toString("base64")
    const isPage = pathname.endsWith(".html")
    const body = isPage ? file.text.replaceAll(nonceMark, nonce) : file.bytes
    return new Response(body, { headers: { ...headersFor(nonce), "content-type": file.type } })
  })
}

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly text: string
  readonly type: string
}

function readPages(folder: string): ReadonlyMap<string, PageFile> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const type = types[extname(entry.name)]
      if (type === undefined) return []
      const bytes = new Uint8Array(readFileSync(path))
      const text = type.startsWith("text/html") ? new TextDecoder().decode(bytes) : ""
      return [[`/${relative(folder, path).split(sep).join("/")}`, { bytes, text, type }] as const]
    }),
  )
}

/** Nothing but our own files. Styles that the component library writes at run time carry a nonce; scripts never do. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}

function headersFor(nonce: string): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(nonce),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  }
}
