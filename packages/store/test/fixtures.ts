import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JobSettings, jobDefaults, type Run } from '@kamihi/contracts'
import { expect, onTestFinished } from 'vitest'
import { type Change, type JobRecord, openStore, type Saved, type Store } from '../src/index.ts'
import { guardMoves } from './model/moves.ts'
import { unsoundFile } from './model/soundness.ts'

export const now = Date.UTC(2026, 10, 24, 8, 0, 0)
export const change: Change = { actor: { kind: 'cli', id: null, name: 'test' }, now }

/**
 * A database file of its own; open it twice to be two processes. SQLite refuses moves of state that the tables do not allow,
 * and when the test has ended, what it leaves behind must be sound.
 */
export function newFile(): { open: () => Promise<Store>; path: string } {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-store-')), 'kamihi.db')
  let guarded = false
  const open = async () => {
    const store = await openStore({ url: `sqlite:///${path}` })
    if (!guarded) onTestFinished(() => expect(unsoundFile(path)).toEqual([]))
    if (!guarded) guardMoves(path)
    guarded = true
    return store
  }
  return { open, path }
}

export function value<T>(saved: Saved<T>): T {
  if (saved.kind !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`)
  return saved.value
}

export async function withActions(store: Store, ...names: string[]): Promise<void> {
  const definitions = names.map((name) => ({
    name,
    commands: [name],
    description: null,
    argsSchema: null,
    idempotent: false,
    error: null,
  }))
  await store.actions.sync(definitions, now)
}

export async function withUsers(store: Store, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 1; i <= count; i += 1)
    ids.push(value(await store.users.create({ telegramId: 1000 + i, name: `User ${i}` }, change)).id)
  return ids
}

export async function withJob(
  store: Store,
  settings: Partial<JobSettings> = {},
  nextRunAt: number | null = now,
): Promise<JobRecord> {
  const all = {
    ...jobDefaults,
    userIds: [],
    roleIds: [],
    args: {},
    action: 'report',
    cronExpression: '* * * * *',
    ...settings,
  }
  return value(await store.jobs.create(all, nextRunAt, change))
}

export const lease = (worker: string, until = now + 15_000) => ({ worker, until })

/** A run of a per-user job, claimed and with its audience written. */
export async function startedRun(store: Store, settings: Partial<JobSettings>, worker = 'w1'): Promise<Run> {
  const job = await withJob(store, settings)
  await store.runs.enqueueScheduled({
    jobId: job.id,
    expectedNextRunAt: now,
    nextRunAt: now + 60_000,
    occurrences: [{ kind: 'run', scheduledFor: now }],
    now,
  })
  const [claimed] = await store.runs.claim(lease(worker), 10, now)
  const written = await store.runs.writeAudience(claimed?.run.id ?? '', worker, now)
  if (!written) throw new Error('the audience was not written')
  return (await store.runs.get(written.id)) as Run
}
