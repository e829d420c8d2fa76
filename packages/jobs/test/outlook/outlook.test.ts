import { defineAction } from '@kamihi/core'
import { expect, it } from 'vitest'
import { agendaOf, loadOf, nextOf } from '../../src/index.ts'
import { quietestHours, quietestMinute } from '../../src/outlook/quietest.ts'
import { change, createJob, startTestBot } from '../bot.ts'

const fine = defineAction({ name: 'fine', run: () => 'Hello' })
const hour = 3_600_000
const day = 24 * hour

/** The start of tomorrow, of UTC. */
const tomorrow = (now: number) => Math.floor(now / day) * day + day

it('lists what fires in a stretch, soonest first, without what is left out, and counts all of it', async () => {
  const bot = await startTestBot([fine], { people: 2 })
  const from = tomorrow(bot.clock.now())
  const nine = await createJob(bot, {
    action: 'fine',
    name: 'Nine',
    cronExpression: '0 9 * * *',
    userIds: bot.users,
  })
  const often = await createJob(bot, { action: 'fine', cronExpression: '*/10 * * * *' })
  await createJob(bot, { action: 'fine', cronExpression: '0 9 * * *', enabled: false })
  await bot.jobs.skip(often.id, { scheduledFor: from + 9 * hour + 600_000, reason: null }, change)
  const asked = { from: from + 9 * hour, to: from + 10 * hour, limit: 3 }
  const agenda = await agendaOf(bot.kamihi, asked)
  expect(agenda.total).toBe(6)
  expect(agenda.items.map(({ at, jobId }) => [Date.parse(at) - asked.from, jobId])).toEqual([
    [0, expect.any(String)],
    [0, expect.any(String)],
    [1_200_000, often.id],
  ])
  expect(agenda.items.find(({ jobId }) => jobId === nine.id)).toMatchObject({ name: 'Nine', recipients: 2 })
  expect((await agendaOf(bot.kamihi, { ...asked, filter: { jobId: nine.id } })).total).toBe(1)
})

it('says what runs next, and nothing while the scheduler is paused', async () => {
  const bot = await startTestBot([fine], { people: 1 })
  expect(await nextOf(bot.kamihi, bot.clock.now())).toBeNull()
  const yearly = await createJob(bot, { action: 'fine', cronExpression: '0 0 1 1 *' })
  expect(await nextOf(bot.kamihi, bot.clock.now())).toMatchObject({ jobId: yearly.id })
  await bot.jobs.pauseAll({ reason: null }, change)
  expect(await nextOf(bot.kamihi, bot.clock.now())).toBeNull()
})

it('counts runs and messages by the hour, of a job of every minute as well', async () => {
  const bot = await startTestBot([fine], { people: 2 })
  const from = tomorrow(bot.clock.now())
  const minutely = await createJob(bot, { action: 'fine', cronExpression: '* * * * *', userIds: bot.users })
  await createJob(bot, { action: 'fine', cronExpression: '30 3 * * *', userIds: bot.users.slice(1) })
  const load = await loadOf(bot.kamihi, { from, to: from + 35 * day, filter: {}, now: bot.clock.now() })
  expect(load.hours).toHaveLength(35 * 24)
  expect(load.hours.reduce((sum, { runs }) => sum + runs, 0)).toBe(35 * (1440 + 1))
  expect(load.hours[3]).toMatchObject({ runs: 61, messages: 121, outcomes: {} })
  expect(load.hours[3]?.jobs[0]).toBe(minutely.id)
  expect(load).toMatchObject({ truncated: false, perHourLimit: 3_600_000 })
})

it('shows of hours that have passed what became of the runs', async () => {
  const bot = await startTestBot([fine], { people: 1 })
  const job = await createJob(bot, { action: 'fine', cronExpression: '0 0 1 1 *', userIds: bot.users })
  const asked = { idempotencyKey: 'a', args: null, onlyUserIds: null, dryRun: false }
  const outcome = await bot.jobs.run(job.id, asked, change)
  if (outcome.kind !== 'enqueued') throw new Error(outcome.kind)
  const run = await bot.ended(outcome.run.id)
  const due = Date.parse(run.scheduledFor)
  const now = Math.max(bot.clock.now(), due + 1)
  const load = await loadOf(bot.kamihi, { from: due - hour, to: now, filter: {}, now })
  expect(load.hours).toEqual([
    {
      hour: new Date(Math.floor(due / hour) * hour).toISOString(),
      runs: 1,
      messages: 1,
      jobs: [job.id],
      outcomes: { completed: 1 },
    },
  ])
})

it('suggests hours of the day in which fewest people are due, on working days first', () => {
  const now = Date.UTC(2026, 10, 23)
  const busy = new Map<number, number>()
  for (let at = now; at < now + 7 * day; at += hour) busy.set(at, 100)
  busy.set(now + 2 * day + 11 * hour, 3)
  busy.set(now + 5 * day + 9 * hour, 50)
  busy.set(now + 3 * hour, 0)
  const slots = quietestHours(busy, 'UTC', now)
  expect(slots.map(({ weekday, hour, messages }) => [weekday, hour, messages])).toEqual([
    [3, 11, 3],
    [6, 9, 50],
    [1, 8, 100],
    [1, 9, 100],
    [1, 10, 100],
  ])
})

it('suggests a minute at which nobody is due', () => {
  expect(
    quietestMinute([
      { minute: 0, people: 9 },
      { minute: 5, people: 1 },
    ]),
  ).toBe(10)
  expect(quietestMinute([])).toBe(0)
})
