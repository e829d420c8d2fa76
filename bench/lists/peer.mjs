// What somebody writes who wants nothing but the pages: statements by hand, the same shape of answer, no accounts, no checks.
import { createRequire } from 'node:module'
import { Database } from '../shared/modules.mjs'

const fastify = createRequire(new URL('../../packages/admin-api/package.json', import.meta.url))('fastify')
const counted = 10_000
const iso = (ms) => (ms === null ? null : new Date(ms).toISOString())

export async function startPeer(path) {
  const db = new Database(path, { readonly: true })
  const app = fastify()
  for (const [route, list] of Object.entries({
    '/api/v1/users': users(db),
    '/api/v1/jobs': jobs(db),
    '/api/v1/runs': runs(db),
    '/api/v1/runs/:id/deliveries': deliveries(db),
    '/api/v1/audit': audit(db),
  }))
    app.get(route, async (request) => list(Number(request.query.limit), request.params.id))
  return app.listen({ host: '127.0.0.1', port: 0 })
}

/** A page of a table with its capped count. */
function pager(db, table, { where = '1', order, cursor }) {
  const page = db.prepare(`select * from ${table} where ${where} order by ${order} limit @limit`)
  const count = db.prepare(
    `select count(*) from (select 1 from ${table} where ${where} limit ${counted + 1})`,
  )
  return (limit, given, present) => {
    const rows = page.all({ ...given, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const total = count.pluck().get(given)
    const last = rows.length > limit ? shown.at(-1) : null
    return {
      items: present(shown),
      nextCursor: last && Buffer.from(JSON.stringify([last[cursor], last.id])).toString('base64url'),
      total: Math.min(total, counted),
      totalIsExact: total <= counted,
    }
  }
}

const idsOf = (rows) => JSON.stringify(rows.map(({ id }) => id))

function grouped(rows, key) {
  const groups = new Map()
  for (const row of rows) {
    const known = groups.get(row[key])
    if (known) known.push(row)
    else groups.set(row[key], [row])
  }
  return (id) => groups.get(id) ?? []
}

const among = 'in (select value from json_each(?))'

function users(db) {
  const page = pager(db, 'users', { order: 'id', cursor: 'id' })
  const roles = db.prepare(`select user_id, role_id from user_roles where user_id ${among}`)
  return (limit) =>
    page(limit, {}, (rows) => {
      const rolesOf = grouped(roles.all(idsOf(rows)), 'user_id')
      return rows.map((row) => ({
        id: row.id,
        telegramId: row.telegram_id,
        isAdmin: row.is_admin === 1,
        name: row.name,
        profile: JSON.parse(row.profile),
        roleIds: rolesOf(row.id).map(({ role_id }) => role_id),
        reachability: row.reachability,
        unreachableSince: iso(row.unreachable_since),
        lastSeenAt: iso(row.last_seen_at),
        createdAt: iso(row.created_at),
        updatedAt: iso(row.updated_at),
        version: row.version,
      }))
    })
}

const countsOf = (row) => ({
  total: row.total,
  pending: row.total - row.sent - row.no_output - row.failed - row.unreachable - row.cancelled - row.expired,
  inProgress: row.in_progress,
  sent: row.sent,
  noOutput: row.no_output,
  failed: row.failed,
  unreachable: row.unreachable,
  cancelled: row.cancelled,
  expired: row.expired,
  uncertain: row.uncertain,
})

function runs(db) {
  const page = pager(db, 'runs', { order: 'began_at desc, id desc', cursor: 'began_at' })
  const names = db.prepare(`select id, name from jobs where id ${among}`)
  return (limit) =>
    page(limit, {}, (rows) => {
      const ids = JSON.stringify([...new Set(rows.map((row) => row.job_id))])
      const nameOf = new Map(names.all(ids).map(({ id, name }) => [id, name]))
      return rows.map((row) => ({
        id: row.id,
        jobId: row.job_id,
        jobName: nameOf.get(row.job_id) ?? null,
        action: row.action,
        state: row.state,
        reason: row.reason,
        reasonDetail: row.reason_detail,
        missed: null,
        trigger: row.trigger,
        key: row.idempotency_key,
        scheduledFor: iso(row.scheduled_for),
        requestedBy: row.requested_by,
        retryOf: row.retry_of,
        dryRun: row.dry_run === 1,
        perUser: row.per_user === 1,
        args: JSON.parse(row.args),
        counts: countsOf(row),
        error: row.error && JSON.parse(row.error),
        output: row.output && JSON.parse(row.output),
        cancelRequestedAt: iso(row.cancel_requested_at),
        pausedBy: row.paused_by,
        pauseReason: row.pause_reason,
        progress: null,
        createdAt: iso(row.created_at),
        startedAt: iso(row.started_at),
        finishedAt: iso(row.finished_at),
      }))
    })
}

function deliveries(db) {
  const page = pager(db, 'deliveries', { where: 'run_id = @run', order: 'user_id', cursor: 'user_id' })
  const parts = db.prepare(`select * from parts where delivery_id ${among} order by idx`)
  return (limit, run) =>
    page(limit, { run }, (rows) => {
      const partsOf = grouped(parts.all(idsOf(rows)), 'delivery_id')
      return rows.map((row) => ({
        id: row.id,
        runId: row.run_id,
        userId: row.user_id,
        userName: row.user_name,
        telegramId: row.telegram_id,
        state: row.state,
        attempts: row.attempts,
        nextAttemptAt: iso(row.next_attempt_at),
        parts: partsOf(row.id).map((part) => ({
          messageId: part.message_id,
          sentAt: iso(part.sent_at),
          possiblyDuplicated: part.possibly_duplicated === 1,
        })),
        output: row.output && JSON.parse(row.output),
        possiblyDuplicated: row.possibly_duplicated === 1,
        startedAt: iso(row.started_at),
        finishedAt: iso(row.finished_at),
      }))
    })
}

function audit(db) {
  const page = pager(db, 'audit', { order: 'at desc, id desc', cursor: 'at' })
  return (limit) =>
    page(limit, {}, (rows) =>
      rows.map((row) => ({
        id: row.id,
        at: iso(row.at),
        actor: JSON.parse(row.actor),
        verb: row.verb,
        object: { kind: row.object_kind, id: row.object_id, label: row.object_label },
        changes: JSON.parse(row.changes),
        ip: row.ip,
        requestId: row.request_id,
      })),
    )
}

/** Without the schedule in words and the warnings, which no statement gives. */
function jobs(db) {
  const page = pager(db, 'jobs', {
    where: 'archived_at is null and next_run_at >= 0',
    order: 'next_run_at, id',
    cursor: 'next_run_at',
  })
  const people = db.prepare(`select job_id, user_id from job_users where job_id ${among}`)
  const roles = db.prepare(`select job_id, role_id from job_roles where job_id ${among}`)
  const skips = db.prepare(`select * from job_skips where job_id ${among}`)
  const newest =
    db.prepare(`select j.value as job_id, runs.id, state, reason, scheduled_for, finished_at, started_at
    from json_each(?) j cross join runs on runs.rowid in
      (select rowid from runs where job_id = j.value order by scheduled_for desc, id desc limit 50)`)
  const count =
    db.prepare(`select count(*) as total, coalesce(sum(reachability <> 'ok'), 0) as unreachable from users where id in (
    select user_id from job_users where job_id = @id
    union select user_id from job_roles join user_roles using (role_id) where job_id = @id)`)
  return (limit) =>
    page(limit, {}, (rows) => {
      const ids = idsOf(rows)
      const usersOf = grouped(people.all(ids), 'job_id')
      const rolesOf = grouped(roles.all(ids), 'job_id')
      const skipsOf = grouped(skips.all(ids), 'job_id')
      const runsOf = grouped(newest.all(ids), 'job_id')
      return rows.map((row) => {
        const past = runsOf(row.id)
        const audience = count.get({ id: row.id })
        return {
          id: row.id,
          name: row.name,
          action: row.action,
          enabled: row.enabled === 1,
          userIds: usersOf(row.id).map(({ user_id }) => user_id),
          roleIds: rolesOf(row.id).map(({ role_id }) => role_id),
          perUser: row.per_user === 1,
          cronExpression: row.cron_expression,
          timezone: row.timezone,
          args: JSON.parse(row.args),
          overlap: row.overlap,
          catchUp: row.catch_up,
          catchUpWindowSeconds: row.catch_up_window_seconds,
          retries: row.retries,
          timeoutSeconds: row.timeout_seconds,
          deadlineSeconds: row.deadline_seconds,
          delivery: row.delivery,
          actionState: 'loaded',
          effectiveTimezone: row.timezone,
          description: 'At 09:00, only on Monday',
          nextRunAt: iso(row.next_run_at),
          paused: null,
          skips: skipsOf(row.id),
          stats: {
            runs: past.length,
            successRate: 1,
            p95Ms: past[0] ? past[0].finished_at - past[0].started_at : null,
          },
          recipientCount: audience.total,
          unreachableCount: audience.unreachable,
          lastRuns: past.slice(0, 20).map((run) => ({
            id: run.id,
            state: run.state,
            reason: run.reason,
            scheduledFor: iso(run.scheduled_for),
            finishedAt: iso(run.finished_at),
          })),
          warnings: [],
          createdAt: iso(row.created_at),
          updatedAt: iso(row.updated_at),
          archivedAt: null,
          version: row.version,
        }
      })
    })
}
