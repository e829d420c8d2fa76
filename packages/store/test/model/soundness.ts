import Database from 'better-sqlite3'

/** What must be true of the tables at any moment, each as a query for the rows that break it. */
const laws: Record<string, string> = {
  'an occurrence has one row': `
    select job_id || '@' || scheduled_for as row from runs where trigger = 'schedule' group by job_id, scheduled_for having count(*) > 1`,
  'what has ended says when, and what is open does not': `
    select id || ' ' || state as row from runs where (state in ('queued', 'running', 'paused')) <> (finished_at is null)
    union all
    select id || ' ' || state from deliveries where (state in ('pending', 'acting', 'acted', 'sending', 'retrying')) <> (finished_at is null)`,
  'what has ended is nobody’s': `
    select id || ' ' || state as row from runs where finished_at is not null and lease_worker is not null
    union all
    select id || ' ' || state from deliveries where finished_at is not null and lease_worker is not null`,
  'a delivery in the air is somebody’s': `
    select id || ' ' || state as row from deliveries where state in ('acting', 'sending') and lease_worker is null`,
  'a delivery that waits belongs to a run that goes on, or somebody has it': `
    select d.id || ' ' || d.state as row from deliveries d join runs r on r.id = d.run_id
    where d.finished_at is null and d.lease_worker is null and (r.finished_at is not null or r.cancel_requested_at is not null)`,
  'a delivery that is to be tried again says when, and no other does': `
    select id || ' ' || state as row from deliveries where (state = 'retrying') <> (next_attempt_at is not null)`,
  'a run has ended when all of it has': `
    select r.id || ' ' || r.state as row from runs r
    where r.state in ('running', 'paused') and r.audience_written_at is not null and (r.per_user or r.output is not null)
      and not exists (select 1 from deliveries d where d.run_id = r.id and d.finished_at is null)`,
  'the counters of a run are those of its deliveries': `
    select r.id || ' ' || r.state as row from runs r left join (
      select run_id, count(*) as total, sum(state in ('acting', 'sending')) as in_progress, sum(state = 'sent') as sent,
        sum(state = 'no_output') as no_output, sum(state = 'failed') as failed, sum(state = 'unreachable') as unreachable,
        sum(state = 'cancelled') as cancelled, sum(state = 'expired') as expired, sum(state = 'uncertain') as uncertain
      from deliveries group by run_id) d on d.run_id = r.id
    where (r.total, r.in_progress, r.sent, r.no_output, r.failed, r.unreachable, r.cancelled, r.expired, r.uncertain) is not
      (coalesce(d.total, 0), coalesce(d.in_progress, 0), coalesce(d.sent, 0), coalesce(d.no_output, 0), coalesce(d.failed, 0),
       coalesce(d.unreachable, 0), coalesce(d.cancelled, 0), coalesce(d.expired, 0), coalesce(d.uncertain, 0))`,
}

/** Gives every law that some row breaks, with the row; nothing when all is sound. Prepared once, for those that ask often. */
export function prepareLaws(db: Database.Database): () => string[] {
  const prepared = Object.entries(laws).map(([law, query]) => ({ law, broken: db.prepare(query) }))
  return () =>
    prepared.flatMap(({ law, broken }) =>
      (broken.all() as { row: string }[]).map(({ row }) => `${law}: ${row}`),
    )
}

/** The same for a file that is opened only for this. */
export function watchLaws(path: string): { unsound: () => string[]; close: () => void } {
  const db = new Database(path, { readonly: true })
  return { unsound: prepareLaws(db), close: () => void db.close() }
}

export function unsoundFile(path: string): string[] {
  const laws = watchLaws(path)
  const broken = laws.unsound()
  laws.close()
  return broken
}
