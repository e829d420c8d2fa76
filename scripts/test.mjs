// npm test: installs, builds, checks and tests everything, and sums it in one last line.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bootstrap, memberManifests, root, run } from './bootstrap.mjs'

const summaryFile = join(root, '.turbo/runs')

bootstrap()
await fetchBrowser()
rmSync(summaryFile, { recursive: true, force: true })
const tasks = ['build', '//#lint', '//#boundaries', '//#repository', 'typecheck', 'test']
const code = run('turbo', [
  'run',
  ...tasks,
  '--continue',
  '--concurrency=2',
  '--output-logs=new-only',
  '--summarize',
])
const failedTasks = tasksThatFailed()
const suites = reports()
const passed = sum(suites, 'numPassedTests')
const failedTests = sum(suites, 'numFailedTests')
// A task that failed without a failed test (a build, a type error, a suite that did not load) counts as one.
const others = failedTasks.filter((task) => !hasFailedTest(task))
for (const task of failedTasks) console.log(`failed: ${task}`)
// Told once more at the end: the suites run side by side, so their own words are far up and mixed with others.
for (const { name, test, message } of testsThatFailed()) console.log(`failed: ${name}: ${test}\n${message}`)
const failed = Math.max(failedTests + others.length, code === 0 ? 0 : 1)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** Ids like `@kamihi/store#test` of the tasks that ended with an error. */
function tasksThatFailed() {
  if (!existsSync(summaryFile)) return ['turbo']
  return readdirSync(summaryFile).flatMap((file) => {
    const summary = JSON.parse(readFileSync(join(summaryFile, file), 'utf8'))
    return summary.tasks.filter((task) => (task.execution?.exitCode ?? 0) !== 0).map((task) => task.taskId)
  })
}

/** The browser tests need a Chromium; where there is none, playwright fetches its own. */
async function fetchBrowser() {
  // Known only now that the packages are installed.
  const { findChromium } = await import('./chromium.mjs')
  if (findChromium()) return
  console.log('Fetching Chromium for the browser tests (once) …')
  run('playwright-core', ['install', 'chromium'])
}

/** The JSON reports of vitest, restored by turbo where nothing had to run again. */
function reports() {
  return ['package.json', ...memberManifests()].flatMap((manifest) => {
    const file = join(root, dirname(manifest), 'results/tests.json')
    const { name } = JSON.parse(readFileSync(join(root, manifest), 'utf8'))
    return existsSync(file) ? [{ name, ...JSON.parse(readFileSync(file, 'utf8')) }] : []
  })
}

function hasFailedTest(task) {
  const [name, kind] = task.split('#')
  const owner = kind === 'repository' ? 'kamihi-monorepo' : kind === 'test' ? name : null
  return suites.some((suite) => suite.name === owner && suite.numFailedTests > 0)
}

function testsThatFailed() {
  return suites.flatMap(({ name, testResults }) =>
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        name,
        test: fullName,
        message: failureMessages.join('\n').slice(0, 2000),
      })),
  )
}

function sum(list, field) {
  return list.reduce((total, item) => total + item[field], 0)
}
