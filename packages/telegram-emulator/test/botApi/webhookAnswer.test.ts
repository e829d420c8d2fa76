import { beforeEach, expect, it } from 'vitest'
import { methodTable } from '../../src/botApi/methods/all.ts'
import { answerInWebhook } from '../../src/botApi/webhookAnswer.ts'
import { createClock } from '../../src/clock.ts'
import type { Fault } from '../../src/index.ts'
import { createWorld, type World } from '../../src/world/world.ts'
import { ana } from './bot.ts'

const methods = methodTable({} as never)
let world: World

beforeEach(() => {
  world = createWorld({ clock: createClock(() => 0), token: '1:x', limits: null })
  const person = { firstName: 'Ana', started: true, blocked: false, deactivated: false }
  world.users.set(ana, { id: ana, ...person })
})

const call = () => answerInWebhook(world, methods, 'sendMessage', { chat_id: ana, text: 'Hi' })
const sent = () => world.messages.list(ana).length
const recorded = () => world.calls.list().map(({ status, fault }) => [status, fault])

it('is done and recorded', async () => {
  await call()
  expect([sent(), recorded()]).toEqual([1, [[200, undefined]]])
})

it.each<[Fault['error'], number]>([
  ['reset-before', 0],
  ['half-open', 0],
  [{ status: 429, description: 'Too Many Requests: retry after 3', retryAfter: 3 }, 429],
])('is not done when struck by %j', async (error, status) => {
  const { id } = world.faults.add({ method: 'sendMessage', chatId: ana, error })
  await call()
  expect([sent(), recorded()]).toEqual([0, [[status, id]]])
})

it.each<Fault['error']>(['reset-after', { delayMs: 5 }])(
  'is done all the same when struck by %j',
  async (error) => {
    world.faults.add({ error })
    await call()
    expect(sent()).toBe(1)
  },
)
