import { asc, lte, min, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/sqlite/connection.ts'
import { live } from '../../src/sqlite/jobs/records.ts'
import { jobs } from '../../src/sqlite/schema.ts'
import { newFile } from '../fixtures.ts'

it('what is due is found by its index, however many jobs there are', async () => {
  const { open, path } = newFile()
  await (await open()).close()
  const db = openDatabase(path, 'full')
  const planOf = ({ sql: text, params }: { sql: string; params: unknown[] }) =>
    db.$client
      .prepare(`explain query plan ${text}`)
      .all(...params)
      .map((row) => (row as { detail: string }).detail)
      .join('; ')
  const earliest = db
    .select({ at: min(jobs.nextRunAt) })
    .from(jobs)
    .where(live)
  const due = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(sql`${live} and ${lte(jobs.nextRunAt, 1)}`)
    .orderBy(asc(jobs.nextRunAt))
    .limit(1)
  expect(planOf(earliest.toSQL())).toMatch(/USING (COVERING )?INDEX jobs_due/)
  expect(planOf(due.toSQL())).toMatch(/^SEARCH jobs USING (COVERING )?INDEX jobs_due \(next_run_at<\?\)$/)
  db.$client.close()
})
