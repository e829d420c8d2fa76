import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JobSettings, jobDefaults, type Run } from '@kamihi/contracts'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { openStore, type Store } from '../../src/index.ts'
import { change, now as start, value } from '../fixtures.ts'
import { restartIds } from './ids.ts'
import { guardMoves } from './moves.ts'
import type { RefDelivery, RefJob, RefRun } from './reference.ts'
import { rootOf } from './referenceEnqueue.ts'
import { prepareLaws } from './soundness.ts'
import { type ModelWorker, newWorker } from './worker.ts'

export const minute = 60_000
export const leaseMs = 15_000
const idempotentAction = 'digest'

/** What should be, and the time that both go by. */
export interface Model {
  now: number
  /** The latest it ever was: leases may end that late after the clock went back. */
  latest: number
  jobs: RefJob[]
  runs: RefRun[]
  /** Users that are left, and whether their messages arrive. */
  people: Map<string, { telegramId: number; reachable: boolean }>
}

/** The store on a file of its own, two workers, and a Telegram that counts what arrived. */
export interface Real {
  store: Store
  db: Database.Database
  stored: ReturnType<typeof readStored>
  workers: ModelWorker[]
  /** How often each part of each recipient arrived, over a run and its retries. */
  arrived: Map<string, number>
}

export type Shape = Pick<JobSettings, 'overlap' | 'delivery' | 'perUser'> & { idempotent: boolean }

/** An empty file with its schema, guards and actions, made once and copied for each case. */
export async function newTemplate(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'kamihi-model-')), 'template.db')
  const store = await openStore({ url: `sqlite:///${path}` })
  const about = { description: null, argsSchema: null, error: null }
  const actions = ['report', idempotentAction].map((name) => ({
    ...about,
    name,
    commands: [name],
    idempotent: name === idempotentAction,
  }))
  await store.actions.sync(actions, start)
  await store.close()
  guardMoves(path, { stepwise: true })
  return path
}

let files = 0

export async function newSystem(template: string, shapes: Shape[]): Promise<{ model: Model; real: Real }> {
  files += 1
  restartIds()
  const path = `${template}.${files}`
  copyFileSync(template, path)
  // What is asked here is what is in the file after each verb, not after a power cut.
  const store = await openStore({ url: `sqlite:///${path}`, synchronous: 'normal' })
  const model: Model = { now: start, latest: start, jobs: [], runs: [], people: new Map() }
  for (let telegramId = 1; telegramId <= 3; telegramId += 1)
    model.people.set(value(await store.users.create({ telegramId }, change)).id, {
      telegramId,
      reachable: true,
    })
  for (const shape of shapes) model.jobs.push(await newJob(store, shape, [...model.people.keys()]))
  const db = new Database(path, { readonly: true })
  const workers = [newWorker('w1'), newWorker('w2')]
  return { model, real: { store, db, stored: readStored(db), workers, arrived: new Map() } }
}

async function newJob(store: Store, { idempotent, ...shape }: Shape, userIds: string[]): Promise<RefJob> {
  const settings: JobSettings = {
    ...jobDefaults,
    ...shape,
    userIds,
    roleIds: [],
    args: {},
    action: idempotent ? idempotentAction : 'report',
    cronExpression: '* * * * *',
    deadlineSeconds: 600,
  }
  const job = value(await store.jobs.create(settings, start, change))
  return { id: job.id, settings, version: job.version, cursor: start, archived: false }
}

/** A run as the reference keeps it, from what the store says was written. */
export function newRun(model: Model, job: RefJob, run: Run, asked: Partial<RefRun> = {}): RefRun {
  const made: RefRun = {
    id: run.id,
    job,
    settings: job.settings,
    idempotent: job.settings.action === idempotentAction,
    trigger: run.trigger,
    scheduledFor: Date.parse(run.scheduledFor),
    key: run.key,
    state: 'queued',
    createdAt: model.now,
    deadlineAt: model.now + job.settings.deadlineSeconds * 1000,
    only: null,
    dryRun: false,
    retryOf: null,
    people: null,
    output: null,
    actionStarted: false,
    failed: false,
    holder: null,
    until: 0,
    cancelled: false,
    ...asked,
  }
  model.runs.push(made)
  return made
}

/** Telegram accepts a part; a second time only if the store says that it may be there twice. */
export function arrive(real: Real, delivery: RefDelivery, part: number): void {
  const key = keyOf(delivery, part)
  const before = real.arrived.get(key) ?? 0
  if (before > 0 && !delivery.doubtful.has(part)) expect.fail(`${key} is sent again and not marked`)
  real.arrived.set(key, before + 1)
}

export const keyOf = (delivery: RefDelivery, part: number) =>
  `${rootOf(delivery.run).id} ${delivery.user} ${part}`

/** Everything that the store has against everything that it should have. */
export function compare(model: Model, { stored }: Real): void {
  expect(stored.runs().map(shownRun).sort()).toEqual(model.runs.map(shownRun).sort())
  const deliveries = model.runs.flatMap((run) => run.people ?? [])
  expect(stored.deliveries().map(shown).sort()).toEqual(deliveries.map(asStored).map(shown).sort())
  expect(stored.jobs().map(shownJob).sort()).toEqual(model.jobs.map(shownJob).sort())
  expect(stored.unsound()).toEqual([])
}

/** Reads past the store, since leases and flags of parts are nobody's business but its own. */
function readStored(db: Database.Database) {
  const runs = db.prepare('select id, state, lease_worker as holder from runs')
  const jobs = db.prepare('select id, next_run_at as cursor from jobs')
  const deliveries = db.prepare(`
    select id, state, lease_worker as holder, next_part as nextPart, possibly_duplicated as flagged,
      coalesce((select group_concat(idx) from parts where delivery_id = id and possibly_duplicated), '') as parts
    from deliveries`)
  return {
    runs: () => runs.all() as RefRun[],
    jobs: () => jobs.all() as RefJob[],
    deliveries: () => deliveries.all() as StoredDelivery[],
    unsound: prepareLaws(db),
  }
}

interface StoredDelivery extends Pick<RefDelivery, 'id' | 'state' | 'holder' | 'nextPart'> {
  flagged: 0 | 1
  /** Indexes of the parts that may be there twice. */
  parts: string
}

const asStored = ({ id, state, holder, nextPart, doubtful }: RefDelivery): StoredDelivery => ({
  id,
  state,
  holder,
  nextPart,
  flagged: doubtful.size > 0 ? 1 : 0,
  parts: [...doubtful].sort().join(),
})

const shownRun = ({ id, state, holder }: RefRun) => `${id} ${state} ${holder ?? '-'}`
const shownJob = ({ id, cursor }: RefJob) => `${id} next at ${cursor}`
const shown = ({ id, state, holder, nextPart, flagged, parts }: StoredDelivery) =>
  `${id} ${state} ${holder ?? '-'} part ${nextPart}${flagged ? ` twice? ${parts}` : ''}`
