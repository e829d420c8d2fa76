// A whole bot over the loopback Bot API: real store, real jobs, real polling.
import { createKamihi, loadConfig, silentLogger } from '../../packages/core/dist/index.js'
import { createJobs } from '../../packages/jobs/dist/index.js'
import { token } from './botApi.mjs'

/** Far above what can be sent: the limiter is passed and never waits. */
const unlimited = 100_000

export const urlOf = (folder) => `sqlite:///${folder}/bench.db`
export const change = () => ({ actor: { kind: 'cli', id: null, name: 'bench' }, now: Date.now() })

/** Starts a bot on the database of a folder, with `synchronous: full` as it is by default, and without limits of sending. */
export async function startBot({ folder, apiRoot, actions, jobsConfig = {} }) {
  const { kamihi, jobs } = await prepareBot({ folder, apiRoot, actions, jobsConfig })
  await kamihi.start()
  return { kamihi, jobs }
}

/** The same, not yet started. `rate`: limits of sending that it keeps all the same. */
export async function prepareBot({ folder, apiRoot, actions, jobsConfig = {}, rate = {}, web = {} }) {
  const { config } = await loadConfig({
    cwd: folder,
    overrides: {
      token,
      telegram: { apiRoot },
      db: { url: urlOf(folder) },
      jobs: { enabled: true, ...jobsConfig },
      web,
    },
  })
  Object.assign(config.telegram.rate, { global: unlimited, perChat: unlimited, ...rate })
  const kamihi = await createKamihi({ config, actions, logger: silentLogger() })
  const jobs = createJobs({ kamihi })
  kamihi.use(jobs)
  return { kamihi, jobs }
}

/** Runs a job by hand and gives its run when it has ended. */
export async function runToEnd({ kamihi, jobs }, jobId) {
  const asked = { idempotencyKey: `${Math.random()}`, args: null, onlyUserIds: null, dryRun: false }
  const outcome = await jobs.run(jobId, asked, change())
  if (outcome.kind !== 'enqueued') throw new Error(`The run was not enqueued: ${outcome.kind}`)
  return untilEnded(kamihi, outcome.run.id)
}

/** The run when it has ended: told by the bot's events, and asked for twice a second. */
export async function untilEnded({ store, events }, runId) {
  for (;;) {
    const run = await store.runs.get(runId)
    if (run?.finishedAt) return run
    await new Promise((resolve) => {
      const timer = setTimeout(done, 500)
      const stop = events.on(
        (event) => event.type === 'run.changed' && event.runId === runId && isEnd(event.state) && done(),
      )
      function done() {
        clearTimeout(timer)
        stop()
        resolve()
      }
    })
  }
}

const isEnd = (state) => !['queued', 'running', 'paused'].includes(state)
