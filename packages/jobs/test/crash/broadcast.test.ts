import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Bot, type CrashSite, crashSite } from './harness.ts'
import { killRounds } from './rounds.ts'

/** How often each person got a message, and whether it is said where it was more than once. */
async function expectOnceEach(site: CrashSite, runId: string, people: number): Promise<void> {
  const flagged = new Set((await site.flagged(runId)).map(({ telegramId }) => telegramId))
  for (let person = 1; person <= people; person += 1) {
    const { length } = await site.texts(person)
    if (!flagged.has(person)) expect(length, `messages to person ${person}`).toBeLessThanOrEqual(1)
  }
}

/** A process that is stopped in the middle of a commit keeps the lock of the file, and nobody can write until it wakes up. */
async function stopBetweenCommits(site: CrashSite, bot: Bot): Promise<void> {
  for (;;) {
    bot.process.kill('SIGSTOP')
    const written = site.store.settings.set('probe', 'written').then(() => true)
    if (await Promise.race([written, wait(500).then(() => false)])) return
    bot.process.kill('SIGCONT')
    await written
  }
}

/** `npm run soak` kills it fifty times. */
const kills = Number(process.env.KAMIHI_CRASH_KILLS ?? 5)

describe('a broadcast', () => {
  it(
    'reaches two thousand people although its bot is killed again and again at any moment',
    async () => {
      const seed = Number(process.env.KAMIHI_CRASH_SEED ?? Date.now() % 1_000_000)
      await killRounds({ people: 2000, kills, seed })
    },
    kills * 48_000,
  )

  it('goes on in another process when its bot is stopped for three minutes, and nobody hears twice when that wakes up', async () => {
    const people = 300
    const site = await crashSite({ people })
    await site.emulator.control.fail({ method: 'sendMessage', times: null, error: { delayMs: 100 } })
    const id = await site.enqueue()
    const sleeper = site.start()
    await expect
      .poll(async () => (await site.store.runs.get(id))?.counts.sent, { timeout: 40_000 })
      .toBeGreaterThan(20)
    await stopBetweenCommits(site, sleeper)
    site.passTime(180_000)
    await site.start().said('started')
    const run = await site.ended(id)
    sleeper.process.kill('SIGCONT')
    await expect
      .poll(async () => (await site.store.leases.holder('scheduler', Date.now() + 180_000)) !== null)
      .toBe(true)
    expect(run.counts.total).toBe(people)
    expect(run.counts.sent + run.counts.failed).toBe(people)
    await expectOnceEach(site, id, people)
    expect(site.calls().length).toBe(new Set(site.calls()).size)
    expect((await site.store.runs.get(id))?.counts).toEqual(run.counts)
  })

  it('ends in good order at SIGTERM, and goes on at the next start without a second message to anyone', async () => {
    const people = 600
    const site = await crashSite({ people })
    await site.emulator.control.fail({ method: 'sendMessage', times: null, error: { delayMs: 50 } })
    const id = await site.enqueue()
    const bot = site.start()
    await expect
      .poll(async () => (await site.store.runs.get(id))?.counts.sent, { timeout: 40_000 })
      .toBeGreaterThan(20)
    bot.process.kill('SIGTERM')
    expect(await bot.exitCode()).toBe(0)
    const { counts } = (await site.store.runs.get(id)) ?? {}
    expect(counts).toMatchObject({ inProgress: 0 })
    expect(counts?.pending).toBeGreaterThan(0)
    await site.start().said('started')
    expect(await site.ended(id)).toMatchObject({ state: 'completed', counts: { sent: people } })
    expect(await site.flagged(id)).toEqual([])
    for (let person = 1; person <= people; person += 1) expect(await site.texts(person)).toHaveLength(1)
  })
})
