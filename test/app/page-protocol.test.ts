import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Session } from "electron"
import { afterAll, beforeAll, expect, test } from "vitest"
import { contentSecurityPolicy, scheme, servePages } from "../../main/app/page-protocol.ts"

type Serve = (request: Request) => Promise<Response> | Response

let folder: string
let serve: Serve

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-pages-"))
  const pages = join(folder, "renderer")
  mkdirSync(join(pages, "assets"), { recursive: true })
  writeFileSync(join(pages, "index.html"), '<meta nonce="__NONCE__"><script nonce="__NONCE__" src="/assets/a.js">')
  writeFileSync(join(pages, "assets", "a.js"), "1")
  writeFileSync(join(pages, "secret.key"), "not a page")
  writeFileSync(join(folder, "outside.html"), "outside")
  const protocol = {
    handle(_: string, handler: Serve): void {
      serve = handler
    },
  }
  // Of the session only its protocol is used.
  servePages({ protocol } as unknown as Session, pages)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const get = async (url: string, method = "GET") => serve(new Request(url, { method }))

test("the page and its script are served", async () => {
  expect((await get("app://claviger/index.html")).status).toBe(200)
  expect((await get("app://claviger/assets/a.js")).headers.get("content-type")).toMatch("text/javascript")
})

test.for([
  "app://claviger/../outside.html",
  "app://claviger/%2e%2e/outside.html",
  "app://claviger/..%2foutside.html",
  "app://claviger/assets/../../outside.html",
  "app://claviger/index.html%00",
  "app://claviger/secret.key",
  "app://claviger/",
  "app://claviger//index.html",
  "app://elsewhere/index.html",
])("%s is not there", async (url) => {
  expect((await get(url)).status).toBe(404)
})

test("only reading is served", async () => {
  expect((await get("app://claviger/index.html", "POST")).status).toBe(404)
})

test("each time the page has another nonce, the one of its policy", async () => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const response = await get("app://claviger/index.html")
      const [, nonce = ""] = /script nonce="([^"]+)"/.exec(await response.text()) ?? []
      expect(response.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`)
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(2)
})

test("the policy starts from nothing, and lets no script in but our own files", () => {
  const policy = Object.fromEntries(
    contentSecurityPolicy("n")
      .split("; ")
      .map((rule) => [rule.slice(0, rule.indexOf(" ")), rule.slice(rule.indexOf(" ") + 1)]),
  )
  expect(policy).toEqual({
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'nonce-n'",
    "img-src": "'self'",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  })
})

test("the scheme is standard and secure, and nothing else", () => {
  expect(scheme).toEqual({ scheme: "app", privileges: { standard: true, secure: true } })
})
