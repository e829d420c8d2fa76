import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { read } from '../../src/sqlite/connection.ts'
import { pauseMs } from '../../src/sqlite/guard/patience.ts'
import { change, newFile, withUsers } from '../fixtures.ts'
import { otherProcess } from '../harness/process.ts'

/** Takes the lock of a file and keeps it until it is killed. */
const holding = (path: string) =>
  otherProcess(`
    const db = new Database(${JSON.stringify(path)})
    db.exec('begin immediate')
    console.log('locked')
    setInterval(() => db.open, 1000)`)

/** Counts the turns of a timer of 10 ms, to see that nothing else had to stand still. */
function countTurns(): () => number {
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 10)
  onTestFinished(() => clearInterval(timer))
  return () => turns
}

describe('a database that another process keeps locked', () => {
  it('lets thirty writers wait while the loop goes on, and all of them write in the end', async () => {
    const { open, path } = newFile()
    const store = await open()
    const other = holding(path)
    await other.said('locked')
    const turns = countTurns()
    const began = performance.now()
    const writing = Promise.all(
      Array.from({ length: 30 }, (_, n) => store.users.create({ telegramId: n + 1 }, change)),
    )
    // Thirty that try by themselves, each for 100 ms inside of the loop, leave room for one turn in three seconds.
    while (turns() < 30) await new Promise(setImmediate)
    expect(performance.now() - began).toBeLessThan(8000)
    await other.kill()
    await writing
    expect((await store.users.list({})).total).toBe(30)
    await store.close()
  })

  it('is given up after ten seconds as busy, while reading goes on', async () => {
    const { open, path } = newFile()
    const store = await open()
    await withUsers(store, 1)
    const other = holding(path)
    await other.said('locked')
    const writing = store.users.create({ telegramId: 7 }, change)
    const late = store.users.create({ telegramId: 8 }, change)
    expect((await store.users.list({})).total).toBe(1)
    await expect(writing).rejects.toMatchObject({ code: 'busy' })
    await expect(late).rejects.toMatchObject({ code: 'busy' })
    await other.kill()
    await store.users.create({ telegramId: 7 }, change)
    expect((await store.users.list({})).total).toBe(2)
    await store.close()
  })

  it('is opened when the other one has done what it needs it alone for', async () => {
    const { open, path } = newFile()
    await (await open()).close()
    const other = otherProcess(`
      const db = new Database(${JSON.stringify(path)})
      db.pragma('locking_mode = exclusive')
      db.exec('begin exclusive')
      console.log('locked')
      setTimeout(() => db.close(), 1000)`)
    await other.said('locked')
    const store = await open()
    expect((await store.users.list({})).total).toBe(0)
    await store.close()
  })
})

describe('reading', () => {
  it('is tried again while the file is locked, and fails at once for another reason', async () => {
    const busy = () => Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY_RECOVERY' })
    let tries = 0
    const work = () => {
      tries += 1
      if (tries < 4) throw busy()
      return 'read'
    }
    expect(await read(work)).toBe('read')
    expect(tries).toBe(4)
    await expect(read(() => new Database(':memory:').prepare('select missing'))).rejects.toThrow(
      'no such column',
    )
  })
})

describe('the pause before a try', () => {
  it('grows to a quarter of a second, and is drawn', () => {
    expect([1, 2, 3, 4, 5, 20].map((attempt) => pauseMs(attempt, 1))).toEqual([20, 40, 80, 160, 250, 250])
    expect(pauseMs(20, 0)).toBe(125)
  })
})
