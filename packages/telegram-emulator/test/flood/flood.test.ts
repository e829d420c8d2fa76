import { Value } from '@sinclair/typebox/value'
import { expect, it } from 'vitest'
import {
  createFlood,
  defaultLimits,
  FloodCounters,
  FloodLimits,
  type Sending,
} from '../../src/flood/flood.ts'

function setUp(limits: FloodLimits | null = defaultLimits) {
  const clock = { now: 1_700_000_000_000 }
  const flood = createFlood(() => clock.now, limits)
  const send = (sending: Partial<Sending> = {}) =>
    flood.check({ chatId: 1, count: 1, paid: false, ...sending })
  const sendMany = (times: number, sending: (index: number) => Partial<Sending> = () => ({})) =>
    Array.from({ length: times }, (_, index) => send(sending(index)))
  return { clock, flood, send, sendMany }
}

const accepted = { kind: 'accepted' }
const refused = (lane: string, retryAfter: number) => ({ kind: 'refused', lane, retryAfter })
const noneRefused = { chat: 0, group: 0, all: 0, paid: 0 }

it('lets a chat have a short burst, and then asks for a pause', () => {
  const { clock, send, sendMany } = setUp()
  expect(sendMany(5)).toEqual(Array(5).fill(accepted))
  clock.now += 1500
  expect(send()).toEqual(refused('chat', 4))
  clock.now += 4000
  expect(send()).toEqual(accepted)
})

it('lets other chats go on while one has to wait', () => {
  const { send, sendMany } = setUp()
  expect(sendMany(6).at(-1)).toEqual(refused('chat', 5))
  expect(send({ chatId: 2 })).toEqual(accepted)
})

it('lets thirty a second go to all chats', () => {
  const { clock, flood, send, sendMany } = setUp()
  expect(sendMany(30, (chatId) => ({ chatId }))).toEqual(Array(30).fill(accepted))
  clock.now += 999
  expect(send({ chatId: 100 })).toEqual(refused('all', 1))
  clock.now += 1000
  expect(send({ chatId: 100 })).toEqual(accepted)
  expect(flood.counters()).toEqual({ accepted: 31, refused: { ...noneRefused, all: 1 }, early: 0, stars: 0 })
})

it('counts a group by the minute', () => {
  const { send, sendMany } = setUp()
  expect(sendMany(20, () => ({ chatId: -100 }))).toEqual(Array(20).fill(accepted))
  expect(send({ chatId: -100 })).toEqual(refused('group', 60))
  expect(send({ chatId: -200 })).toEqual(accepted)
})

it('takes a tenth of a Star for each paid message, and lets a thousand a second go', () => {
  const { flood, send, sendMany } = setUp()
  sendMany(1001, (chatId) => ({ chatId, paid: true }))
  expect(flood.counters()).toEqual({
    accepted: 1000,
    refused: { ...noneRefused, paid: 1 },
    early: 0,
    stars: 100,
  })
  expect(send({ chatId: 5000 })).toEqual(accepted)
})

it('adds up tenths of a Star exactly', () => {
  const { flood, sendMany } = setUp()
  sendMany(3, (chatId) => ({ chatId, paid: true }))
  expect(flood.counters().stars).toBe(0.3)
})

it('counts an album as its items, wholly or not at all', () => {
  const { flood, send } = setUp()
  expect(send({ count: 3 })).toEqual(accepted)
  expect(send({ count: 3 })).toEqual(refused('chat', 5))
  expect(flood.counters()).toEqual({ accepted: 3, refused: { ...noneRefused, chat: 1 }, early: 0, stars: 0 })
})

it('lets an album of more items than the limit go when nothing else counts', () => {
  const { clock, send } = setUp()
  send()
  expect(send({ count: 10 })).toEqual(refused('chat', 5))
  clock.now += 5000
  expect(send({ count: 10 })).toEqual(accepted)
  expect(send()).toEqual(refused('chat', 5))
})

it('counts nothing in one lane when the other is full', () => {
  const { clock, send, sendMany } = setUp()
  sendMany(30, (index) => ({ chatId: 10 + index }))
  expect(send({ count: 5 })).toEqual(refused('all', 1))
  clock.now += 1000
  expect(send({ count: 5 })).toEqual(accepted)
})

it('tells the wait of the lane that takes longest', () => {
  const { send, sendMany } = setUp()
  sendMany(5)
  sendMany(25, (index) => ({ chatId: 10 + index }))
  expect(send()).toEqual(refused('chat', 5))
  expect(send({ chatId: 100 })).toEqual(refused('all', 1))
})

it('does not punish calls that were on their way when another was refused', () => {
  const { clock, flood, send, sendMany } = setUp()
  sendMany(5)
  expect(send()).toEqual(refused('chat', 5))
  clock.now += 99
  expect(send()).toEqual(refused('chat', 5))
  clock.now += 4901
  expect(send()).toEqual(accepted)
  expect(flood.counters()).toMatchObject({ refused: { chat: 2 }, early: 0 })
})

it('makes who comes early wait a second longer', () => {
  const { clock, flood, send, sendMany } = setUp()
  sendMany(5)
  expect(send()).toEqual(refused('chat', 5))
  clock.now += 4999
  expect(send()).toEqual(refused('chat', 2))
  clock.now += 1000
  expect(send()).toEqual(refused('chat', 2))
  clock.now += 1001
  expect(send()).toEqual(accepted)
  expect(flood.counters()).toMatchObject({ accepted: 6, refused: { chat: 3 }, early: 2 })
})

it('closes a lane for as long as the last who was refused has to wait', () => {
  const { clock, send } = setUp()
  send({ count: 4 })
  clock.now += 4500
  send()
  expect(send()).toEqual(refused('chat', 1))
  expect(send({ count: 5 })).toEqual(refused('chat', 5))
  clock.now += 4999
  expect(send()).toEqual(refused('chat', 2))
})

it('refuses nothing when the limits are off, and still counts', () => {
  const { flood, sendMany } = setUp(null)
  expect(sendMany(5000, () => ({ paid: true, count: 2 }))).toEqual(Array(5000).fill(accepted))
  expect(flood.limits()).toBeNull()
  expect(flood.counters()).toEqual({ accepted: 10_000, refused: noneRefused, early: 0, stars: 1000 })
})

it('goes by new limits at once, from an empty start, and counts on', () => {
  const { flood, sendMany } = setUp()
  sendMany(6)
  flood.setLimits({ ...defaultLimits, chat: { most: 1, perMs: 2000 } })
  expect(sendMany(2)).toEqual([accepted, refused('chat', 2)])
  flood.setLimits(null)
  expect(sendMany(1)).toEqual([accepted])
  expect(flood.counters()).toMatchObject({ accepted: 7, refused: { chat: 2 } })
})

it('forgets all but its limits on a reset', () => {
  const { flood, sendMany } = setUp()
  sendMany(7)
  flood.reset()
  expect(flood.counters()).toEqual({ accepted: 0, refused: noneRefused, early: 0, stars: 0 })
  expect(flood.limits()).toEqual(defaultLimits)
  expect(sendMany(6)).toEqual([...Array(5).fill(accepted), refused('chat', 5)])
})

it('fits its own schemas', () => {
  expect(Value.Check(FloodLimits, defaultLimits)).toBe(true)
  expect(Value.Check(FloodLimits, { ...defaultLimits, all: { most: 0, perMs: 1000 } })).toBe(false)
  expect(Value.Check(FloodCounters, setUp().flood.counters())).toBe(true)
})
