// P9: how long until the passphrase can be typed, beside Chromium's own empty page: node test/desktop/start-time.ts
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"
import { systemChromium } from "../electron-standin/system-chromium.ts"
import { App } from "./app.ts"
import { emptyVault, makeVault } from "./vault-plan.ts"

const rounds = 5
const goal = 1.5

async function emptyPage(): Promise<number> {
  const startedAt = performance.now()
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : []
  const browser = await chromium.launch({ executablePath: systemChromium() ?? "", args })
  const page = await browser.newPage()
  await page.goto("data:text/html,<input autofocus>")
  await page.locator("input:focus").waitFor()
  const took = performance.now() - startedAt
  await browser.close()
  return took
}

async function app(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), "claviger-app-"))
  makeVault(home, emptyVault)
  const startedAt = performance.now()
  const started = await App.start({ home })
  await started.page.locator("input:focus").waitFor()
  const took = performance.now() - startedAt
  await started.close()
  return took
}

const median = (times: readonly number[]) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
const alone: number[] = []
const ours: number[] = []
for (let round = 0; round < rounds; round += 1) {
  alone.push(await emptyPage())
  ours.push(await app())
}
const ratio = median(ours) / median(alone)
console.log(
  `P9: Chromium's empty page ${median(alone).toFixed(0)} ms, the app ${median(ours).toFixed(0)} ms: ${ratio.toFixed(2)} × (goal ${goal})`,
)
process.exitCode = ratio <= goal ? 0 : 1
