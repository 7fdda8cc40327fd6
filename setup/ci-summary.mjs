// Adds up the tests and the checks of .ci/run: node setup/ci-summary.mjs FOLDER
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./places.mjs"

const [folder] = process.argv.slice(2)
const results = { passed: [], failed: [], skipped: [] }

addTests(join(folder, "tests.json"))
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
