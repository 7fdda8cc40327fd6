// Adds up the tests and the checks of .ci/run: node setup/ci-summary.mjs FOLDER
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./places.mjs"

const [folder] = process.argv.slice(2)
const results = { passed: [], failed: [], skipped: [] }

addTests(join(folder, "tests.json"))
addAppTests(join(root, "dist", "test", "app.json"))
addChecks(join(folder, "checks"))
printSummary()

/** Vitest's JSON report. A file that could not be loaded has no tests, but it has failed. */
function addTests(report) {
  if (!existsSync(report)) return
  for (const { name, status, assertionResults } of JSON.parse(readFileSync(report, "utf8")).testResults) {
    const path = name.replace(root, "")
    for (const test of assertionResults) listOf(test.status).push(`${path}: ${test.fullName}${reasonOf(test)}`)
    if (status === "failed" && !assertionResults.some((test) => test.status === "failed")) results.failed.push(path)
  }
}

/** Playwright's JSON report. Without one, the specs of the app have not run, which is a failure too. */
function addAppTests(report) {
  if (!existsSync(report)) {
    results.failed.push("test/desktop: the specs of the app did not run")
    return
  }
  const { suites, errors } = JSON.parse(readFileSync(report, "utf8"))
  for (const { message } of errors) results.failed.push(`test/desktop: ${message.slice(0, 600)}`)
  for (const { file, title, tests } of suites.flatMap(specsOf)) {
    for (const { status, results: runs } of tests) {
      const outcome = { expected: "passed", skipped: "skipped" }[status] ?? "failed"
      const failureMessages = runs.flatMap((one) => one.errors.map(({ message }) => message ?? ""))
      results[outcome].push(`test/desktop/${file}: ${title}${reasonOf({ failureMessages })}`)
    }
  }
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)]
}

/** A log is often cut to its end: there the summary has to say why. */
function reasonOf({ failureMessages = [] }) {
  return failureMessages
    .map((message) => `\n    ${message.split("\n").slice(0, 3).join("\n    ").slice(0, 600)}`)
    .join("")
}

/** "pending" and "todo" are tests that did not run, as "skipped" is. */
function listOf(status) {
  return Object.hasOwn(results, status) ? results[status] : results.skipped
}

/** Lint and types count as one each; so does a test run that broke outside a test, or ran none. */
function addChecks(file) {
  const testsRun = results.passed.length + results.failed.length
  const testsFailed = results.failed.length
  for (const line of readFileSync(file, "utf8").trim().split("\n")) {
    const [outcome, name] = line.split(" ")
    if (name !== "tests") results[outcome].push(name)
    else if (testsRun === 0) results.failed.push("tests: none ran")
    else if (outcome === "failed" && testsFailed === 0) results.failed.push("tests: the run broke outside a test")
  }
}

function printSummary() {
  const { passed, failed, skipped } = results
  for (const name of skipped) console.log(`skipped: ${name}`)
  for (const name of failed) console.log(`FAILED: ${name}`)
  const skippedPart = skipped.length > 0 ? `, ${skipped.length} skipped` : ""
  console.log(`${passed.length} passed, ${failed.length} failed${skippedPart}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}
