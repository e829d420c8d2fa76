import { chmodSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/index.ts'
import { openDatabase } from '../../src/sqlite/connection.ts'
import { change, newFile } from '../fixtures.ts'
import { canMount, fill, mountDisk } from '../harness/disk.ts'
import { otherProcess } from '../harness/process.ts'

const modeOf = (path: string) => statSync(path).mode & 0o777
const isRoot = process.getuid?.() === 0

describe('a database that is opened', () => {
  it('is its owner’s alone, with its journal, and so is a folder that is made for it', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'kamihi-store-')), 'data', 'bot')
    const path = join(folder, 'kamihi.db')
    const store = await openStore({ url: `sqlite:///${path}` })
    await store.users.create({ telegramId: 7 }, change)
    await store.file.makeReserve()
    for (const suffix of ['', '-wal', '-shm', '.id', '.reserve']) expect(modeOf(path + suffix)).toBe(0o600)
    expect([folder, join(folder, '..')].map(modeOf)).toEqual([0o700, 0o700])
    await store.close()
  })

  it('becomes its owner’s alone when it was open to others', async () => {
    const { open, path } = newFile()
    await (await open()).close()
    chmodSync(path, 0o644)
    const store = await open()
    await store.users.create({ telegramId: 7 }, change)
    expect(['', '-wal', '-shm'].map((suffix) => modeOf(path + suffix))).toEqual([0o600, 0o600, 0o600])
    await store.close()
  })

  it('writes through to the disk at each commit, unless it is told that speed matters more', () => {
    const read = (synchronous: 'full' | 'normal') => {
      const { $client } = openDatabase(newFile().path, synchronous)
      const names = ['journal_mode', 'synchronous', 'fullfsync', 'checkpoint_fullfsync', 'foreign_keys']
      const values = names.map((name) => $client.pragma(name, { simple: true }))
      $client.close()
      return values
    }
    expect(read('full')).toEqual(['wal', 2, 1, 1, 1])
    expect(read('normal')).toEqual(['wal', 1, 0, 0, 1])
  })
})

describe('a database that cannot be used is refused with a sentence that says why', () => {
  it('when its folder cannot be made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kamihi-store-'))
    writeFileSync(join(folder, 'data'), 'a file where a folder should be')
    await expect(openStore({ url: `sqlite:///${folder}/data/kamihi.db` })).rejects.toMatchObject({
      code: 'cannot_open',
      message: expect.stringContaining(`${folder}/data, cannot be made`),
    })
  })

  it('when there is a folder in its place', async () => {
    const { open, path } = newFile()
    mkdirSync(path)
    await expect(open()).rejects.toThrow(`${path} is a folder`)
  })

  it.skipIf(!isRoot)('when it belongs to somebody else', async () => {
    const { open, path } = newFile()
    await (await open()).close()
    chmodSync(join(path, '..'), 0o755)
    const other = otherProcess(
      `await openStore({ url: ${JSON.stringify(`sqlite:///${path}`)} }).catch((e) => console.log(e.code, e.message))`,
      { uid: 65_534 },
    )
    await other.ended()
    expect(other.output()).toMatch(
      new RegExp(
        `^cannot_open .*${path} may not be written \\(mode 600; it belongs to user 0, this is user 65534`,
      ),
    )
  })

  it.skipIf(!canMount)('when the disk is mounted read-only', async () => {
    const disk = mountDisk(4)
    const url = `sqlite:///${disk.folder}/kamihi.db`
    await (await openStore({ url })).close()
    disk.setReadOnly(true)
    await expect(openStore({ url, service: true })).rejects.toMatchObject({
      code: 'cannot_open',
      message: expect.stringContaining('is on a file system that is mounted read-only'),
    })
    disk.setReadOnly(false)
    await (await openStore({ url, service: true })).close()
  })

  it.skipIf(!canMount)('when a bot would run on a disk that is full', async () => {
    const disk = mountDisk(4)
    const url = `sqlite:///${disk.folder}/kamihi.db`
    await (await openStore({ url })).close()
    fill(disk.folder)
    await expect(openStore({ url, service: true })).rejects.toMatchObject({ code: 'full' })
    disk.resize(8)
    await (await openStore({ url, service: true })).close()
  })
})
