import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { crashSite } from './harness.ts'

/** Deliveries in the air at the same time (see the worker): so many may be cut off by one kill. */
const inTheAir = 64

/** A broadcast whose bot is killed again and again at moments that follow from the seed; each person hears once, or it is said. */
export async function killRounds({ people, kills, seed }: { people: number; kills: number; seed: number }) {
  const site = await crashSite({ people, job: { perUser: false } })
  const id = await site.enqueue()
  const random = mulberry32(seed)
  for (let round = 0; round < kills; round += 1) {
    const bot = site.start()
    await bot.said('started')
    await wait(random() * 400)
    await bot.kill()
    site.passTime(20_000)
  }
  await site.start().said('started')
  const run = await site.ended(id)
  const flagged = await site.flagged(id)
  const told = `seed ${seed}`
  // The action is called once: when it is cut off, nobody hears anything, and that is said.
  if (run.error?.class === 'interrupted') return expect(site.calls(), told).toHaveLength(1)
  expect(run, told).toMatchObject({ state: 'completed', counts: { total: people, sent: people } })
  expect(flagged.length, told).toBeLessThanOrEqual(kills * inTheAir)
  const often = new Set(flagged.map(({ telegramId }) => telegramId))
  for (let person = 1; person <= people; person += 1) {
    const { length } = await site.texts(person)
    expect(length, `${told}, person ${person}`).toBeGreaterThanOrEqual(1)
    if (!often.has(person)) expect(length, `${told}, person ${person}`).toBe(1)
  }
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
