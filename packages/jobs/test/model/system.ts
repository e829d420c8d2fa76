import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JobSettings, jobDefaults, type Run } from '@kamihi/contracts'
import { type Kamihi, loadConfig, silentLogger } from '@kamihi/core'
import { type Change, openStore, type ScheduledEnqueue, type Store } from '@kamihi/store'
import { expect } from 'vitest'
import { guardMoves } from '../../../store/test/model/moves.ts'
import { watchLaws } from '../../../store/test/model/soundness.ts'
import { createEditing, type Editing } from '../../src/edit.ts'
import { parseSchedule, type Schedule } from '../../src/schedule/parse.ts'
import { nextRunAt } from '../../src/schedule/times.ts'
import type { Fate, RefDecision, RefJob, RefPause } from './reference.ts'

export interface Model {
  now: number
  latest: number
  jobs: RefJob[]
  actionLoaded: boolean
  /** Of the scheduler: those that are over, and since when it is paused now. */
  pauses: RefPause[]
  pausedAt: number | null
  /** What each of two processes has decided and not yet written. */
  decided: RefDecision[][]
}

export interface Real {
  store: Store
  kamihi: Kamihi
  editing: Editing
  /** The same, of the processes themselves. */
  decided: ScheduledEnqueue[][]
  unsound: () => string[]
  close(): Promise<void>
}

export const changeAt = (now: number): Change => ({ actor: { kind: 'cli', id: null, name: 'test' }, now })

const definition = {
  name: 'report',
  commands: ['report'],
  description: null,
  argsSchema: null,
  idempotent: false,
  error: null,
}
/** The action is in the code, or gone from it. */
export const syncAction = (store: Store, isThere: boolean, now: number) =>
  store.actions.sync(isThere ? [definition] : [], now)

export function scheduleOf({
  cronExpression,
  timezone,
}: Pick<JobSettings, 'cronExpression' | 'timezone'>): Schedule {
  const parsed = parseSchedule(cronExpression, timezone ?? 'UTC')
  if (parsed.kind === 'refused') throw new Error(parsed.reason)
  return parsed.schedule
}

/** A file with its schema and guards, made once and copied for each case. */
export async function newTemplate(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-occurrences-')), 'template.db')
  const store = await openStore({ url: `sqlite:///${path}` })
  await store.close()
  guardMoves(path)
  return path
}

let files = 0

export async function newSystem(
  template: string,
  start: number,
  jobs: Partial<JobSettings>[],
): Promise<{ model: Model; real: Real }> {
  files += 1
  const path = `${template}.${files}`
  copyFileSync(template, path)
  const store = await openStore({ url: `sqlite:///${path}`, synchronous: 'normal' })
  await syncAction(store, true, start)
  const model: Model = {
    now: start,
    latest: start,
    jobs: [],
    actionLoaded: true,
    pauses: [],
    pausedAt: null,
    decided: [[], []],
  }
  for (const settings of jobs) model.jobs.push(await newJob(store, settings, start))
  const { config } = await loadConfig({ cwd: tmpdir(), env: {}, overrides: { timezone: 'UTC' } })
  const actions = { checkArgs: () => [], list: () => [], get: () => undefined }
  const clock = { now: () => model.now }
  const kamihi = { config, store, actions, clock, logger: silentLogger() } as unknown as Kamihi
  const editing = createEditing(kamihi, () => {})
  const laws = watchLaws(path)
  const close = async () => {
    laws.close()
    await store.close()
  }
  return { model, real: { store, kamihi, editing, decided: [[], []], unsound: laws.unsound, close } }
}

async function newJob(store: Store, given: Partial<JobSettings>, now: number): Promise<RefJob> {
  const settings: JobSettings = {
    ...jobDefaults,
    userIds: [],
    roleIds: [],
    args: {},
    action: 'report',
    cronExpression: '* * * * *',
    ...given,
  }
  const schedule = scheduleOf(settings)
  const cursor = nextRunAt(schedule, now)
  const saved = await store.jobs.create(settings, cursor, changeAt(now))
  if (saved.kind !== 'saved') throw new Error(saved.kind)
  return {
    id: saved.value.id,
    settings,
    schedule,
    version: 1,
    archived: false,
    cursor,
    pausedAt: null,
    skips: new Set(),
    fates: new Map(),
    wentBack: false,
  }
}

/** Every occurrence that has passed has its end in the store, in one row and no more, and no row tells of another. */
export async function compare(model: Model, { store, unsound }: Real): Promise<void> {
  for (const job of model.jobs) {
    expect(shown((await store.jobs.get(job.id))?.nextRunAt ?? null)).toBe(shown(job.cursor))
    const skips = (await store.jobs.skips(job.id)).map(({ scheduledFor }) => scheduledFor)
    expect(skips).toEqual([...job.skips].sort((a, b) => a - b))
    const rows = (await store.runs.listScheduled(job.id, 0, Number.MAX_SAFE_INTEGER, 10_000)).map(asRow)
    const passed = [...job.fates].sort(([a], [b]) => a - b)
    const ends = passed.map(([at]) => rows.filter((row) => at >= row.from && at <= row.to))
    const wrong = passed.flatMap(([at, fate], index) => {
      const found = ends[index]?.map((row) => row.fate) ?? []
      // What was recorded before is due again; it may be part of a later stretch as well, but it has its end.
      const isRight = job.wentBack ? found.length > 0 : found.length === 1 && found[0] === fate
      return isRight ? [] : [`${shown(at)} is ${found.join() || 'nowhere'} and not ${fate}`]
    })
    expect(wrong.slice(0, 3)).toEqual([])
    const counted = rows.map(({ from, to }) => passed.filter(([at]) => at >= from && at <= to).length)
    if (!job.wentBack) expect(rows.map(({ count }) => count)).toEqual(counted)
  }
  expect(unsound()).toEqual([])
}

/** A run that gave way to another is one all the same: its job's policy said so. */
function asRow({ scheduledFor, missed, reason }: Run): {
  from: number
  to: number
  count: number
  fate: Fate
} {
  const at = Date.parse(scheduledFor)
  const fate = reason === null || reason === 'overlap' ? 'run' : (reason as Fate)
  return missed
    ? { from: Date.parse(missed.from), to: Date.parse(missed.to), count: missed.count, fate }
    : { from: at, to: at, count: 1, fate }
}

const shown = (at: number | null) => (at === null ? 'never' : new Date(at).toISOString())
