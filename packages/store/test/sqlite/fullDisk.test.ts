import { existsSync, rmSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/index.ts'
import { provoke } from '../../src/testing.ts'
import { change, newFile } from '../fixtures.ts'
import { canMount, fill, mountDisk } from '../harness/disk.ts'

/** Creates people until it is refused; gives how many were acknowledged and the refusal. */
async function createMany(store: Store, from = 1): Promise<{ created: number; refusal: unknown }> {
  for (let created = 0; ; created += 1) {
    const refusal = await store.users
      .create({ telegramId: from + created, profile: { note: 'x'.repeat(2000) } }, change)
      .then(
        () => null,
        (error: unknown) => error,
      )
    if (refusal !== null || created > 20_000) return { created, refusal }
  }
}

const total = async (store: Store) => (await store.users.list({})).total

describe('a database that may not grow', () => {
  it('keeps all that was acknowledged, refuses more as full, and writes again when it may', async () => {
    const store = await newFile().open()
    const failures: string[] = []
    const stop = store.file.onFailure((failure) => failures.push(failure.code))
    provoke(store, 'full')
    const { created, refusal } = await createMany(store)
    expect(refusal).toMatchObject({ code: 'full' })
    expect(await total(store)).toBe(created)
    await expect(store.file.probe()).rejects.toMatchObject({ code: 'full' })
    expect(failures).toEqual(['full', 'full'])
    provoke(store, null)
    await store.file.probe()
    stop()
    await store.users.create({ telegramId: 99_999 }, change)
    expect(await total(store)).toBe(created + 1)
    expect(await store.settings.get('file.probe')).toBeNull()
    await store.close()
  })

  it('is not taken for writable because there are some free pages in it', async () => {
    const store = await newFile().open()
    await store.settings.set('large', 'x'.repeat(100_000))
    provoke(store, 'full')
    await store.settings.set('large', '')
    await expect(store.file.probe()).rejects.toMatchObject({ code: 'full' })
    await store.close()
  })
})

describe('a database that may not be written', () => {
  it('says that it is read-only, and goes on to be read', async () => {
    const store = await newFile().open()
    await store.users.create({ telegramId: 7 }, change)
    provoke(store, 'readonly')
    await expect(store.users.create({ telegramId: 8 }, change)).rejects.toMatchObject({ code: 'readonly' })
    await expect(store.file.probe()).rejects.toMatchObject({ code: 'readonly' })
    expect(await total(store)).toBe(1)
    provoke(store, null)
    await store.file.probe()
    await store.close()
  })
})

describe.skipIf(!canMount)('a disk that is full', () => {
  it('leaves what was acknowledged, and the reserve makes room in which deleting works', async () => {
    const disk = mountDisk(40)
    const path = `${disk.folder}/kamihi.db`
    const store = await openStore({ url: `sqlite:///${path}`, service: true })
    expect(await store.file.makeReserve()).toBe(true)
    expect(statSync(`${path}.reserve`).size).toBe(8 * 1024 * 1024)
    await store.file.checkpoint()
    const filler = fill(disk.folder)
    rmSync(filler.shift() ?? '')
    const { created, refusal } = await createMany(store)
    expect(refusal).toMatchObject({ code: 'full' })
    expect(created).toBeGreaterThan(10)
    expect(await total(store)).toBe(created)
    const [someone] = (await store.users.list({})).items
    await expect(store.users.remove(someone?.id ?? '', change)).rejects.toMatchObject({ code: 'full' })
    await expect(store.file.probe()).rejects.toMatchObject({ code: 'full' })

    await store.file.giveUpReserve()
    expect(existsSync(`${path}.reserve`)).toBe(false)
    expect(await store.users.remove(someone?.id ?? '', change)).toBe('removed')
    expect(await store.file.checkpoint()).toBe(true)
    expect(await store.file.makeReserve()).toBe(false)

    for (const file of filler.slice(0, 20)) rmSync(file)
    expect(await store.file.makeReserve()).toBe(true)
    await store.file.probe()
    expect(await total(store)).toBe(created - 1)
    await store.close()
  })
})
