// A database with so many users, jobs, runs, deliveries of one run, and entries of the audit log.
import { openStore } from '../../packages/store/dist/index.js'
import { change, urlOf } from '../shared/bot.mjs'
import { seedJobs, seedPeople, withDatabase } from '../shared/seed.mjs'

const runId = '01936000-0000-7000-8000-000000000000'
/** Runs belong to so many of the jobs, those that are listed first. */
const jobsWithRuns = 1000

export async function seedLists(folder, size) {
  const now = Date.now()
  await seedPeople(folder, size)
  await seedJobs(folder, {
    count: size,
    patterns: ['0 9 * * 1', '30 18 * * *'],
    action: 'nothing',
    nextRunAt: now + 86_400_000,
  })
  const store = await openStore({ url: urlOf(folder) })
  await store.audit.add({ verb: 'job.updated', object: { kind: 'job', id: 'x', label: 'Weather' } }, change())
  await store.close()
  withDatabase(folder, (db) => {
    db.pragma('synchronous = off')
    db.pragma('cache_size = -200000')
    db.transaction(() => fill(db, size, now))()
    db.pragma('wal_checkpoint(TRUNCATE)')
  })
  return { runId }
}

function fill(db, size, now) {
  // Each job is for one person.
  db.exec('insert into job_users (job_id, user_id) select id, (select id from users limit 1) from jobs')
  const numbers = `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${size - 1})`
  const jobs = Math.min(size, jobsWithRuns)
  db.exec(
    `create temp table first_jobs as select row_number() over () - 1 as n, id from (select id from jobs order by id limit ${jobs})`,
  )
  db.exec(`${numbers} insert into runs (id, job_id, trigger, scheduled_for, idempotency_key, state, settings, action, args, per_user,
      total, sent, audience_written_at, created_at, started_at, finished_at, deadline_at)
    select printf('01936000-0000-7000-8000-%012x', i), j.id, 'schedule', ${now} - 60000 * i, 'key' || i, 'completed', '{}', 'nothing', '{}', 1,
      10, 10, 1, ${now} - 60000 * i, ${now} - 60000 * i, ${now} - 60000 * i + 900, ${now}
    from n join first_jobs j on j.n = n.i % ${jobs}`)
  db.exec(`${numbers} insert into deliveries (id, run_id, user_id, user_name, telegram_id, chat_id, state, attempts, finished_at)
    select printf('01936000-0000-7000-8001-%012x', i), '${runId}', printf('01936000-0000-7000-8002-%012x', i), 'User ' || i, i, i, 'sent', 1, ${now}
    from n`)
  db.exec(
    `insert into parts (delivery_id, idx, state, message_id, sent_at) select id, 0, 'sent', 1, ${now} from deliveries`,
  )
  db.exec(`${numbers} insert into audit (id, at, actor, verb, object_kind, object_id, object_label, changes, hash)
    select printf('01936000-0000-7000-8003-%012x', i), ${now} - i, actor, verb, object_kind, object_id, object_label, changes, hash
    from n, (select * from audit limit 1) where i > 0`)
}
