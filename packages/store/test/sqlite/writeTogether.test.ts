import { describe, expect, it } from 'vitest'
import { newFile, now } from '../fixtures.ts'

const bytesOfPage = 4096

describe('updates of many chats', () => {
  it('are marked in one commit when that happens at the same moment', async () => {
    const store = await newFile().open()
    const updates = Array.from({ length: 100 }, (_, index) => ({ updateId: index + 1, payload: {} }))
    await store.updates.receive(updates, now)
    const before = await store.file.journalBytes()
    const begun = await Promise.all(updates.map(({ updateId }) => store.updates.begin(updateId, now)))
    await Promise.all(updates.map(({ updateId }) => store.updates.handled(updateId, now)))
    expect(begun).toEqual(updates.map(() => true))
    expect(await store.updates.unhandled()).toEqual([])
    // Each commit writes at least one page to the journal.
    expect((await store.file.journalBytes()) - before).toBeLessThan(updates.length * bytesOfPage)
    await store.close()
  })
})
