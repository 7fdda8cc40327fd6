import { existsSync } from "node:fs"
import { expect, test } from "./fixture.ts"

test("whatever a page asks for, it gets typed refusals", async ({ openApp }) => {
  const answers = await openApp.page.evaluate(async () => {
    const { claviger } = window
    const polluted = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}')
    const names = [
      "",
      "vault",
      "key.export",
      "seed.export",
      "file.encrypt",
      "__proto__",
      "constructor",
      "window",
      "a".repeat(1e6),
    ]
    const inputs = [
      undefined,
      null,
      0,
      "",
      [],
      polluted,
      { name: ["x"] },
      { name: "x".repeat(1e6) },
      { path: "/etc/passwd" },
    ]
    const replies: unknown[] = []
    for (const name of names) replies.push(await claviger.invoke(name, {}))
    for (const input of inputs) {
      for (const name of ["key.show", "key.generate", "vault.unlock", "vault.backup", "window.set", "window.export"]) {
        replies.push(await claviger.invoke(name, input))
      }
    }
    return replies
  })
  const codes = answers.map((answer) => JSON.parse(JSON.stringify(answer)).error?.code)
  expect(codes.filter((code) => !["INVALID_INPUT", "POLICY_DENIED", "NOT_FOUND"].includes(String(code)))).toEqual([])
})

test("a page that has listened can stop", async ({ openApp }) => {
  const answer = await openApp.page.evaluate(() => window.claviger.subscribe(() => undefined)())
  expect(answer).toBeUndefined()
})

test("what can't be cloned does not get to the bridge, and cycles do no harm", async ({ openApp }) => {
  const outcomes = await openApp.page.evaluate(async () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const withGetter = {
      get name() {
        throw new Error("from the page")
      },
    }
    const tries = [() => 1, Symbol("x"), cycle, withGetter, new WeakMap()]
    return Promise.all(
      tries.map(async (input) => {
        try {
          await window.claviger.invoke("key.show", input)
          return "answered"
        } catch {
          return "refused"
        }
      }),
    )
  })
  expect(outcomes).toEqual(["refused", "refused", "refused", "refused", "refused"])
})

test("files that nobody named are neither read nor written", async ({ openApp }) => {
  const out = `${openApp.home}/stolen.clvbackup`
  const reply = await openApp.page.evaluate((path) => window.claviger.invoke("vault.backup", { out: path }), out)
  expect(reply).toMatchObject({ ok: false, error: { code: "POLICY_DENIED" } })
  expect(existsSync(out)).toBe(false)
})

test("a page that navigated or is a frame has no way in", async ({ openApp }) => {
  const inFrame = await openApp.page.evaluate(async () => {
    const frame = document.createElement("iframe")
    document.body.append(frame)
    return typeof Reflect.get(frame.contentWindow ?? {}, "claviger")
  })
  expect(inFrame).toBe("undefined")
})

for (const target of ["https://example.com/", "file:///etc/passwd", "app://claviger/../x", "data:text/html,x"]) {
  test(`the page does not go to ${target}`, async ({ openApp }) => {
    const before = openApp.page.url()
    await openApp.page.evaluate((url) => {
      window.location.href = url
    }, target)
    await openApp.page.evaluate((url) => {
      const link = document.createElement("a")
      link.href = url
      document.body.append(link)
      link.click()
    }, target)
    await openApp.expectOpen()
    expect(openApp.page.url()).toBe(before)
  })
}

test("no window opens", async ({ openApp }) => {
  await openApp.page.evaluate(() => window.open("https://example.com/"))
  await openApp.page.evaluate(() => {
    const link = document.createElement("a")
    link.href = "https://example.com/"
    link.target = "_blank"
    document.body.append(link)
    link.click()
  })
  await expect.poll(() => openApp.machine.windowCount()).toBe(1)
})

test("scripts, styles, pictures and connections from elsewhere are blocked", async ({ openApp }) => {
  const violations = await openApp.page.evaluateHandle(() => {
    const seen = new Set<string>()
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => seen.add(effectiveDirective))
    const add = (tag: string, attributes: Record<string, string>, text = "") => {
      const element = document.createElement(tag)
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
      element.textContent = text
      document.body.append(element)
    }
    add("script", {}, "window.ran = true")
    add("script", { src: "https://example.com/x.js" })
    add("img", { src: "https://example.com/x.png" })
    add("img", { src: "data:image/png;base64,AAAA" })
    add("link", { rel: "stylesheet", href: "https://example.com/x.css" })
    add("iframe", { src: "https://example.com/" })
    add("iframe", { src: "data:text/html,x" })
    add("object", { data: "https://example.com/" })
    add("div", { onclick: "window.ran = true" })
    fetch("https://example.com/").catch(() => seen.add("refused connection"))
    // Later, by itself: what the protocol of the developer's tools runs may use eval.
    setTimeout(() => {
      try {
        new Function("window.ran = true")()
      } catch {
        seen.add("refused eval")
      }
    })
    return seen
  })
  const wanted = [
    "script-src-elem",
    "img-src",
    "style-src-elem",
    "frame-src",
    "connect-src",
    "script-src-attr",
    "object-src",
  ]
  await expect
    .poll(() => violations.evaluate((seen) => [...seen]))
    .toEqual(expect.arrayContaining([...wanted, "refused eval", "refused connection"]))
  expect(await openApp.page.evaluate(() => "ran" in window)).toBe(false)
})

test("the web's permissions are denied", async ({ openApp }) => {
  const states = await openApp.page.evaluate(async () => {
    const names = ["geolocation", "notifications", "camera", "microphone", "clipboard-read"]
    // The list of names in the types is shorter than Chromium's.
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name: name as never })).state))
  })
  expect(new Set(states)).toEqual(new Set(["denied"]))
})

test("the page keeps nothing", async ({ openApp }) => {
  await openApp.makeKey("payroll", { job: "Sign releases" })
  const kept = await openApp.page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    cookies: document.cookie,
  }))
  expect(kept).toEqual({ local: 0, session: 0, databases: 0, cookies: "" })
})
