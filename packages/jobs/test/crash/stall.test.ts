import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { crashSite } from './harness.ts'

const people = 8
const each = Array.from({ length: people }, (_, index) => `User ${index + 1}`)

/** A bot in which an action computes until it is told to end, and another one beside it on the same database. */
async function standsStill() {
  const site = await crashSite({ people })
  const blockedUntil = join(mkdtempSync(join(tmpdir(), 'kamihi-stall-')), 'end')
  const run = await site.enqueue()
  const stalled = site.start({ blockedUntil })
  await expect.poll(site.calls).toContain('User 1')
  const since = performance.now()
  const other = site.start()
  await other.said('started')
  return { site, run, stalled, other, since, end: () => writeFileSync(blockedUntil, '') }
}

describe('an action that computes for ten seconds without waiting', () => {
  it('is named in the log, and another process takes nothing over: each person is run for once and hears once', async () => {
    const { site, run, stalled, other, since, end } = await standsStill()
    await wait(Math.max(0, 10_000 - (performance.now() - since)))
    end()
    expect(await site.ended(run)).toMatchObject({ state: 'completed', counts: { sent: people } })
    await expect.poll(stalled.output).toMatch(/warning: Everything stood still.+"actions":\["report"/)
    expect(other.output()).not.toContain('taken over')
    expect(site.calls().sort()).toEqual(each)
    for (let person = 1; person <= people; person += 1) expect(await site.texts(person)).toHaveLength(1)
    expect(await site.flagged(run)).toEqual([])
  })
})

describe('an action that computes for longer than the leases', () => {
  it('loses its work to another process: what it writes afterwards is refused, and nobody is run for or hears twice', async () => {
    const { site, run, stalled, other, end } = await standsStill()
    site.passTime(20_000)
    const { counts } = await site.ended(run)
    expect(counts.sent + counts.failed).toBe(people)
    expect(other.output()).toContain('taken over')
    const deliveries = await site.deliveries(run)
    end()
    await expect.poll(stalled.output).toContain('warning: Everything stood still')
    stalled.process.kill('SIGTERM')
    expect(await stalled.exitCode()).toBe(0)
    expect(site.calls().sort()).toEqual(each)
    expect(await site.deliveries(run)).toEqual(deliveries)
    // Those of whom it was stored that their action begins: nobody knows how far it came.
    const interrupted = deliveries.filter(({ error }) => error?.class === 'interrupted')
    expect(interrupted.map(({ telegramId }) => telegramId)).toContain(1)
    expect(interrupted).toHaveLength(counts.failed)
    for (const { telegramId } of deliveries)
      expect(await site.texts(telegramId ?? 0)).toHaveLength(
        interrupted.some((each) => each.telegramId === telegramId) ? 0 : 1,
      )
  })
})
