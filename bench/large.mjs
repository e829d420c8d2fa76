// A long history: what the verbs of the store take on a database of millions of deliveries, next to the same verbs on one without a past.
// Build first (npm run build), then: npm run bench:large [-- deliveries]
import { jobDefaults } from '../packages/contracts/dist/index.js'
import { openStore } from '../packages/store/dist/index.js'
import { change, urlOf } from './shared/bot.mjs'
import { temporaryFolder } from './shared/cleanUp.mjs'
import { median, quantile, timed } from './shared/maths.mjs'
import { versionOf } from './shared/modules.mjs'
import { seedJobs, seedPeople, withDatabase } from './shared/seed.mjs'
import { printTable, printVersions } from './shared/table.mjs'

const [deliveries = 2_000_000] = process.argv.slice(2).map(Number)
const people = 10_000
const jobs = 100
const deliveriesOfRun = 1000
/** Runs for nobody, as tasks of every minute leave them. */
const emptyRuns = 100_000
const rounds = 20
const day = 86_400_000
const now = Date.now()

const contenders = [await prepare('without a past', 0), await prepare('long', deliveries)]
// First what a bot does all the time, then the pages that people look at: those push everything else out of the cache.
for (const group of [work, look]) {
  for (let round = 0; round <= rounds; round += 1)
    for (const contender of contenders) await group(contender, timedInto(contender.times, round > 0))
}

const [fresh, long] = contenders
printTable(
  `Milliseconds of one call, with ${deliveries.toLocaleString('en')} deliveries of ${(
    deliveries / deliveriesOfRun + emptyRuns
  ).toLocaleString('en')} runs in the database (${Math.round(long.mebibytes)} MiB) and without`,
  Object.keys(long.times).map((name) => ({
    verb: name,
    'without a past': median(fresh.times[name]),
    long: median(long.times[name]),
    'long, p95': quantile(long.times[name], 0.95),
    'long to it': median(long.times[name]) / median(fresh.times[name]),
  })),
)
await sweep(long.store)
console.log(
  'Goals: nothing that a bot does all the time grows with the history; no transaction of a sweep takes above 20 ms.',
)
printVersions({ 'better-sqlite3': versionOf('better-sqlite3', 'store') })
for (const { store } of contenders) await store.close()

/** A database with people, jobs, so many deliveries of the past, and one run at work. */
async function prepare(name, past) {
  const folder = temporaryFolder('large')
  const role = await seedPeople(folder, people)
  await seedJobs(folder, { count: jobs, patterns: ['* * * * *'], action: 'nothing', nextRunAt: now - 1000 })
  withDatabase(folder, (db) => {
    db.pragma('synchronous = off')
    if (past > 0) fill(db, past)
  })
  const store = await openStore({ url: urlOf(folder) })
  const settings = {
    ...jobDefaults,
    action: 'nothing',
    cronExpression: '0 0 1 1 *',
    perUser: true,
    overlap: 'allow',
    userIds: [],
    roleIds: [role],
    args: {},
  }
  const saved = await store.jobs.create(settings, null, change())
  const asked = {
    jobId: saved.value.id,
    idempotencyKey: 'bench',
    args: null,
    onlyUserIds: null,
    dryRun: false,
  }
  await store.runs.enqueueManual(asked, change())
  const [claimed] = await store.runs.claim({ worker: 'bench', until: now + day }, 1, now)
  await store.runs.writeAudience(claimed.run.id, 'bench', now)
  const { sizeBytes } = await store.info()
  return {
    name,
    store,
    runId: claimed.run.id,
    jobId: saved.value.id,
    times: {},
    round: 0,
    mebibytes: sizeBytes / 1024 / 1024,
  }
}

/** Ended runs, some with a thousand recipients each and most with none, over the last eighty days. */
function fill(db, count) {
  const runs = count / deliveriesOfRun
  const span = 80 * day
  const columns =
    'id, job_id, trigger, scheduled_for, idempotency_key, state, settings, action, args, per_user, total, sent, created_at, started_at, finished_at, deadline_at'
  const insert = (prefix, total) => `
    with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i < @runs - 1),
      listed as (select row_number() over (order by id) - 1 as n, id, action, args from jobs)
    insert into runs (${columns})
    select printf('${prefix}%08d', i), listed.id, 'schedule', @now - @span + cast(i * @span / @runs as integer) + ${total > 0 ? 1 : 0},
      printf('${prefix}%08d', i), 'completed', '{"overlap":"skip"}', action, args, 1, ${total}, ${total}, @now - @span, @now - @span,
      @now - @span + cast(i * @span / @runs as integer) + 5000, @now
    from numbers join listed on listed.n = i % ${jobs}`
  db.prepare(insert('full-', deliveriesOfRun)).run({ runs, now, span })
  db.prepare(insert('none-', 0)).run({ runs: emptyRuns, now, span })
  const recipients = `
    insert into deliveries (id, run_id, user_id, user_name, telegram_id, chat_id, state, attempts, output, has_output, next_part, started_at, finished_at)
    select ? || printf('-%07d', n), ?, id, name, telegram_id, chat_id, 'sent', 1, '[{"kind":"text","text":"Report","entities":[]}]', 1, 1, ?, ?
    from (select row_number() over (order by id) as n, id, name, telegram_id, chat_id from users limit ${deliveriesOfRun})`
  const addDeliveries = db.prepare(recipients)
  const addParts = db.prepare(
    "insert into parts (delivery_id, idx, state, message_id, sent_at) select id, 0, 'sent', 1, finished_at from deliveries where run_id = ?",
  )
  const ids = db.prepare("select id from runs where id like 'full-%' order by id").pluck().all()
  db.transaction(() => {
    for (const id of ids) {
      addDeliveries.run(id, id, now, now)
      addParts.run(id)
    }
  })()
}

/** Calls a verb and notes how long it took; the first round warms up. */
function timedInto(times, counts) {
  return async (name, verb) => {
    const began = performance.now()
    const result = await verb()
    const took = performance.now() - began
    if (counts) times[name] = [...(times[name] ?? []), took]
    return result
  }
}

/** What is claimed is settled or given back, so that each round finds about the same. */
async function work(contender, call) {
  const { store, jobId, times } = contender
  const worker = `worker-${Object.values(times)[0]?.length ?? 'first'}`
  const lease = { worker, until: now + day }
  await call('runs.claim', () => store.runs.claim(lease, 4, now))
  const claimed = await call('deliveries.claim, 128', () => store.deliveries.claim(lease, 128, now))
  const acting = claimed.slice(0, 32).map(({ id }) => ({ kind: 'acting', id, worker }))
  await call('deliveries.record, 32 steps', () => store.deliveries.record(acting, now))
  const settled = claimed.map(({ id }, index) => ({
    kind: index < 32 ? 'no_output' : 'released',
    id,
    worker,
  }))
  await store.deliveries.record(settled, now)
  await call('deliveries.earliestRetry', () => store.deliveries.earliestRetry())
  await call('deliveries.rescueExpired', () => store.deliveries.rescueExpired(now))
  await call('runs.expire', () => store.runs.expire(now))
  await call('jobs.earliestDue', () => store.jobs.earliestDue())
  await call('jobs.listDue, 50', () => store.jobs.listDue(now, 50))
  const asked = { jobId, idempotencyKey: worker, args: null, onlyUserIds: [], dryRun: true }
  const { run } = await call('runs.enqueueManual', () => store.runs.enqueueManual(asked, change()))
  await store.runs.cancel(run.id, change())
  await call('runs.listNotices', () => store.runs.listNotices(100))
  const nothing = { olderThan: now - 90 * day, keepPerJob: 10_000, limit: 500, from: null }
  await call('runs.prune, nothing to remove', () => store.runs.prune(nothing))
}

async function look({ store, runId }, call) {
  await call('runs.get', () => store.runs.get(runId))
  await call('runs.trace', () => store.runs.trace(runId))
  await call('runs.reasons', () => store.runs.reasons(runId))
  await call('jobs.list, 50', () => store.jobs.list({ limit: 50 }))
  await call('deliveries.list, 50 of 10 000', () => store.deliveries.list(runId, { limit: 50 }))
  await call('runs.list, 50', () => store.runs.list({ limit: 50 }))
}

/** Removes all but the newest runs of each job, as an hour's sweep does. */
async function sweep(store) {
  const calls = []
  let rows = 0
  let from = null
  do {
    const limits = { olderThan: now - 90 * day, keepPerJob: 10, limit: 500 }
    const { result, ms, cpuMs } = await timed(() => store.runs.prune({ ...limits, from }))
    calls.push({ ms, cpuMs })
    rows += result.rows
    from = result.next
  } while (from && calls.length < 2000)
  const shown = (key) =>
    [0.5, 0.99, 1]
      .map((share) =>
        quantile(
          calls.map((call) => call[key]),
          share,
        ).toFixed(1),
      )
      .join(' · ')
  console.log(
    `\nA sweep that keeps 10 runs of each job removed ${rows.toLocaleString('en')} rows in ${calls.length} transactions, each (median · p99 · longest) ${shown('ms')} ms, of them CPU ${shown('cpuMs')} ms.`,
  )
}
