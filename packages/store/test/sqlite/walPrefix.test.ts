import { copyFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { everyItem, openStore, type Store } from '../../src/index.ts'
import { change, newFile, now, withActions, withJob, withUsers } from '../fixtures.ts'
import { unsoundFile } from '../model/soundness.ts'
import { type Arrived, broadcast, type Luck } from './broadcast.ts'
import { cut, type Journal, readJournal } from './powerLoss.ts'

const minute = 60_000
const lucks: Luck[] = ['fine', 'empty', 'wrong', 'blocked', 'again', 'fine', 'killed']

interface Recorded {
  base: string
  journal: Journal
  arrived: Arrived[]
}

/** Two runs of a job for each, one for all, one by hand that is cancelled; recorded from an empty journal that nothing empties. */
async function record(): Promise<Recorded> {
  const { open, path } = newFile()
  const store = await open()
  await withActions(store, 'report')
  const userIds = await withUsers(store, 7)
  const each = await withJob(store, { perUser: true, userIds, overlap: 'allow' })
  const all = await withJob(store, { userIds: userIds.slice(0, 2) })
  await store.file.checkpoint()
  const base = `${path}.base`
  copyFileSync(path, base)

  const arrived: Arrived[] = []
  const sender = { store, path, worker: 'first', now, arrived }
  await enqueue(store, each.id, now)
  await broadcast(sender, (index) => lucks[index] ?? 'fine')
  await enqueue(store, all.id, now)
  await broadcast(sender, () => 'fine')
  const asked = { idempotencyKey: 'once', args: null, onlyUserIds: userIds.slice(0, 1), dryRun: false }
  const manual = await store.runs.enqueueManual({ jobId: each.id, ...asked }, change)
  if (manual.kind === 'enqueued') await store.runs.cancel(manual.run.id, change)
  await enqueue(store, each.id, now + minute)
  const journal = readJournal(path)
  await store.close()
  return { base, journal, arrived }
}

const enqueue = (store: Store, jobId: string, at: number) =>
  store.runs.enqueueScheduled({
    jobId,
    expectedNextRunAt: at,
    nextRunAt: at + minute,
    occurrences: [{ kind: 'run', scheduledFor: at }],
    now: at,
  })

/** What is in a file, as one text that differs when anything differs. */
function contentOf(path: string): { text: string; runs: number } {
  const db = new Database(path)
  expect(db.pragma('quick_check', { simple: true })).toBe('ok')
  const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const content = tables.map((table) => db.prepare(`select * from ${table} order by rowid`).all())
  const runs = db.prepare('select count(*) from runs').pluck().get() as number
  db.close()
  return { text: JSON.stringify(content), runs }
}

it('A power loss at any frame of the journal leaves the state of a commit, whole and sound, and nothing that was committed before is lost', async () => {
  const { base, journal } = await record()
  expect(journal.frames.filter(({ isCommit }) => isCommit).length).toBeGreaterThan(40)
  let committed = contentOf(cut(base, journal, 32))
  let runs = 0
  for (const { end, isCommit } of journal.frames) {
    // In the middle of the last frame of a commit it has not happened yet.
    if (isCommit) expect(contentOf(cut(base, journal, end - 100)).text).toBe(committed.text)
    const path = cut(base, journal, end)
    const content = contentOf(path)
    expect(content.text === committed.text).toBe(!isCommit)
    if (!isCommit) continue
    expect(unsoundFile(path)).toEqual([])
    expect(content.runs).toBeGreaterThanOrEqual(runs)
    runs = content.runs
    committed = content
  }
  expect(runs).toBe(4)
}, 120_000)

it('After a power loss at any commit everything is finished, each message has arrived, and one that arrived twice is marked', async () => {
  const { base, journal, arrived } = await record()
  for (const { end } of journal.frames.filter(({ isCommit }) => isCommit)) {
    const path = cut(base, journal, end)
    const before = arrived.filter(({ journalBytes }) => journalBytes <= end)
    const after = await finish(path)
    const problems = [
      ...(await unfinished(path)),
      ...unsoundFile(path),
      ...(await unmarked(path, before, after)),
    ]
    expect(problems, `cut at ${end}`).toEqual([])
  }
}, 240_000)

it('Whatever has arrived was announced in the journal before, and that was on the disk', async () => {
  const { base, journal, arrived } = await record()
  expect(arrived.length).toBeGreaterThan(7)
  for (const { delivery, part, journalBytes } of arrived) {
    const db = new Database(cut(base, journal, journalBytes))
    const announced = db.prepare('select state, next_part from deliveries where id = ?').get(delivery)
    db.close()
    expect(announced).toEqual({ state: 'sending', next_part: part })
  }
})

/** Starts again a minute later, and goes on until nothing is open. Gives what arrived. */
async function finish(path: string): Promise<Arrived[]> {
  const store = await openStore({ url: `sqlite:///${path}`, synchronous: 'normal' })
  const arrived: Arrived[] = []
  for (let round = 1; round < 10; round += 1) {
    await broadcast(
      { store, path, worker: `round ${round}`, now: now + round * minute, arrived },
      () => 'fine',
    )
    if ((await store.runs.listOpen()).length === 0) break
  }
  await store.close()
  return arrived
}

async function unfinished(path: string): Promise<string[]> {
  const store = await openStore({ url: `sqlite:///${path}` })
  const open = (await store.runs.listOpen()).map(({ id, state }) => `${id} is ${state}`)
  await store.close()
  return open
}

/** Deliveries that say they were sent and of which a part never arrived, or arrived twice without a mark. */
async function unmarked(path: string, before: Arrived[], after: Arrived[]): Promise<string[]> {
  const store = await openStore({ url: `sqlite:///${path}` })
  const runs = await everyItem(store.runs.list)
  const deliveries = (
    await Promise.all(runs.map(({ id }) => everyItem((query) => store.deliveries.list(id, query))))
  ).flat()
  await store.close()
  return deliveries.flatMap(({ id, state, possiblyDuplicated }) => {
    const times = [0, 1].map(
      (part) => [...before, ...after].filter((one) => one.delivery === id && one.part === part).length,
    )
    const isLost = state === 'sent' && times.some((count) => count === 0)
    const isDoubled = times.some((count) => count > 1) && !possiblyDuplicated
    return isLost || isDoubled ? [`${id} ${state}: its parts arrived ${times.join(' and ')} times`] : []
  })
}
