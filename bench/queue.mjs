// P8: the durable queue alone, nothing is sent: enqueue, claim and settle, next to BullMQ on Redis and graphile-worker on PostgreSQL.
// Build first (npm run build), then: npm run bench:queue [-- jobs rounds]
import { openStore } from '../packages/store/dist/index.js'
import { change, urlOf } from './shared/bot.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { commitsSoFar } from './shared/commits.mjs'
import { median, timed } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { peers, peerVersions } from './shared/peers.mjs'
import { startPostgres } from './shared/postgres.mjs'
import { startRedis } from './shared/redis.mjs'
import { seedJobs, seedPeople, withDatabase } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [jobs = 10_000, rounds = 3] = process.argv.slice(2).map(Number)
const atOnce = 64
/** As many as the store gives at a time. */
const claimed = 256

const require = peers()
const { Queue, Worker } = require('bullmq')
const graphile = require('graphile-worker')

const kamihi = await prepareKamihi()
const everysec = await prepareBullmq('everysec')
const always = await prepareBullmq('always')
const postgres = await startPostgres()
const contenders = [
  { name: 'kamihi, SQLite with synchronous full', work: kamihi.work, times: [] },
  { name: `BullMQ, concurrency ${atOnce}, appendfsync everysec`, work: everysec.work, times: [] },
  { name: `BullMQ, concurrency ${atOnce}, appendfsync always`, work: always.work, times: [] },
  { name: `graphile-worker, concurrency ${atOnce}`, work: () => workGraphile({}), times: [] },
  {
    name: `graphile-worker, concurrency ${atOnce}, in batches`,
    work: () => workGraphile({ localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }),
    times: [],
  },
]
// By turns, so that a noisy moment of the machine is nobody's alone. The first round warms up.
for (let round = 0; round <= rounds; round += 1) {
  for (const { work, times } of contenders) {
    const commits = commitsSoFar()
    const { ms, cpuMs } = await timed(work)
    if (round > 0) times.push({ ms, cpuMs, commits: commitsSoFar() - commits })
  }
}
const middle = (times, key) => median(times.map((time) => time[key]))
const [own] = contenders
printTable(
  `${jobs} jobs enqueued, claimed and settled; nothing is done for them`,
  contenders.map(({ name, times }) => ({
    queue: name,
    'jobs/s': Math.round((jobs / middle(times, 'ms')) * 1000),
    'kamihi to it': middle(times, 'ms') / middle(own.times, 'ms'),
    'CPU µs a job': Math.round((middle(times, 'cpuMs') * 1000) / jobs),
    'commits a job': name.startsWith('kamihi') ? middle(times, 'commits') / jobs : null,
  })),
)
console.log('\nGoals: 5× BullMQ, 2× graphile-worker. CPU is that of this process, without the server.')
printVersions({
  'better-sqlite3': versionOf('better-sqlite3', 'store'),
  ...peerVersions('bullmq', 'ioredis', 'graphile-worker', 'pg'),
  Redis: everysec.version,
  PostgreSQL: postgres.version,
})
for (const each of [kamihi, everysec, always, postgres]) await each.stop()

/** A run of a job for many people: one delivery a job of the others. */
async function prepareKamihi() {
  const folder = temporaryFolder('queue')
  const roleId = await seedPeople(folder, jobs)
  await seedJobs(folder, { count: 1, patterns: ['0 0 1 1 *'], action: 'nothing', nextRunAt: null })
  withDatabase(folder, (db) => {
    db.prepare('insert into job_roles (job_id, role_id) select id, ? from jobs').run(roleId)
    db.prepare('update jobs set per_user = 1').run()
  })
  const store = await openStore({ url: urlOf(folder) })
  const jobId = (await store.jobs.list({ limit: 1 })).items[0].id
  const lease = () => ({ worker: 'bench', until: Date.now() + 60_000 })
  const settle = async ({ id }) => {
    const step = (kind) => store.deliveries.record([{ kind, id, worker: 'bench' }], Date.now())
    await step('acting')
    await step('no_output')
  }
  return {
    async work() {
      const asked = {
        jobId,
        idempotencyKey: `${Math.random()}`,
        args: null,
        onlyUserIds: null,
        dryRun: false,
      }
      const { run } = await store.runs.enqueueManual(asked, change())
      await store.runs.claim(lease(), 1, Date.now())
      await store.runs.writeAudience(run.id, 'bench', Date.now())
      for (;;) {
        const taken = await store.deliveries.claim(lease(), claimed, Date.now())
        if (taken.length === 0) break
        await Promise.all(taken.map(settle))
      }
      const ended = await store.runs.get(run.id)
      if (ended.state !== 'completed') throw new Error(`The run is ${ended.state}`)
    },
    stop: () => store.close(),
  }
}

async function prepareBullmq(appendfsync) {
  const redis = await startRedis(appendfsync)
  const queue = new Queue('jobs', { connection: redis.connection })
  let left = 0
  let done = () => {}
  const worker = new Worker('jobs', async () => {}, { connection: redis.connection, concurrency: atOnce })
  worker.on('completed', () => {
    left -= 1
    if (left === 0) done()
  })
  await worker.waitUntilReady()
  return {
    version: redis.version,
    async work() {
      left = jobs
      const ended = new Promise((resolve) => {
        done = resolve
      })
      for (const part of inParts()) await queue.addBulk(part.map((id) => ({ name: 'nothing', data: { id } })))
      await ended
    },
    async stop() {
      await worker.close()
      await queue.close()
      redis.stop()
    },
  }
}

async function workGraphile(options) {
  const { connectionString } = postgres
  const logger = new graphile.Logger(() => () => {})
  const shared = { connectionString, logger }
  const utils = await graphile.makeWorkerUtils(shared)
  await utils.migrate()
  for (const part of inParts())
    await utils.addJobs(part.map((id) => ({ identifier: 'nothing', payload: { id } })))
  let left = jobs
  let done = () => {}
  const ended = new Promise((resolve) => {
    done = resolve
  })
  const events = new (await import('node:events')).EventEmitter()
  events.on('job:complete', () => {
    left -= 1
    if (left === 0) done()
  })
  const runner = await graphile.run({
    logger,
    events,
    taskList: { nothing: async () => {} },
    noHandleSignals: true,
    preset: { worker: { connectionString, concurrentJobs: atOnce, maxPoolSize: 10, ...options } },
  })
  await ended
  await runner.stop()
  await utils.release()
}

function inParts() {
  const ids = Array.from({ length: jobs }, (_, n) => n)
  return Array.from({ length: Math.ceil(jobs / 1000) }, (_, n) => ids.slice(n * 1000, (n + 1) * 1000))
}
