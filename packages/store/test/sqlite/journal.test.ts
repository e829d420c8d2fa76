import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/index.ts'
import { newFile } from '../fixtures.ts'

const mebibyte = 1024 * 1024
const sizeOf = (path: string) => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0

/** Makes the journal grow by this much while a reader keeps it from being emptied by itself. */
async function grow(store: Store, path: string, mebibytes: number): Promise<void> {
  const reader = new Database(path, { readonly: true })
  reader.exec('begin')
  reader.prepare('select count(*) from settings').get()
  for (let n = 0; n < mebibytes; n += 1)
    await store.settings.set(`large ${n % 2}`, `${n}`.repeat(mebibyte / `${n}`.length))
  reader.exec('commit')
  reader.close()
}

describe('the journal', () => {
  it('is emptied into the database by a checkpoint', async () => {
    const { open, path } = newFile()
    const store = await open()
    await grow(store, path, 5)
    expect(await store.file.journalBytes()).toBeGreaterThan(4 * mebibyte)
    expect(await store.file.checkpoint()).toBe(true)
    expect([sizeOf(path), await store.file.journalBytes()]).toEqual([0, 0])
    expect(await store.settings.get('large 0')).toHaveLength(mebibyte)
    await store.close()
  })

  it('stays while somebody reads an older state from it, and nothing waits for that', async () => {
    const { open, path } = newFile()
    const store = await open()
    await store.settings.set('key', 'before')
    const reader = new Database(path, { readonly: true })
    reader.exec('begin')
    const seen = () => reader.prepare("select value from settings where key = 'key'").pluck().get()
    expect(seen()).toBe('before')
    await store.settings.set('key', 'after')
    expect(await store.file.checkpoint()).toBe(false)
    expect([seen(), await store.settings.get('key')]).toEqual(['before', 'after'])
    reader.close()
    expect(await store.file.checkpoint()).toBe(true)
    await store.close()
  })

  it('that has grown large gives its room back by itself when it is used from its beginning again', async () => {
    const { path } = newFile()
    const store = await openStore({ url: `sqlite:///${path}`, synchronous: 'normal' })
    await grow(store, path, 24)
    expect(sizeOf(path)).toBeGreaterThan(20 * mebibyte)
    for (let n = 0; n < 3; n += 1) await store.settings.set('small', `${n}`)
    expect(sizeOf(path)).toBeLessThanOrEqual(16 * mebibyte)
    await store.close()
  })
})
