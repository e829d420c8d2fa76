import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFaults, Fault, SetFault } from '../../src/faults/faults.ts'

const unavailable = { status: 503, description: 'Service Unavailable' }

function struck(fault: Fault, calls: number): boolean[] {
  const faults = createFaults()
  faults.add(fault)
  return Array.from({ length: calls }, () => faults.take('sendMessage', 1) !== null)
}

it('strikes one call when nothing else is said, and is gone', () => {
  const faults = createFaults()
  const set = faults.add({ error: unavailable })
  expect(set).toEqual({ id: 1, struck: 0, error: unavailable })
  expect(faults.take('getMe', null)).toEqual({ ...set, struck: 1 })
  expect(faults.take('getMe', null)).toBeNull()
  expect(faults.list()).toEqual([])
})

it('strikes as many calls as it is told', () => {
  expect(struck({ times: 2, error: 'reset-before' }, 4)).toEqual([true, true, false, false])
})

it('strikes until it is taken away', () => {
  const faults = createFaults()
  const { id } = faults.add({ times: null, error: 'half-open' })
  for (let call = 1; call <= 50; call++) expect(faults.take('getMe', null)?.struck).toBe(call)
  expect(faults.remove(id)).toBe(true)
  expect(faults.remove(id)).toBe(false)
  expect(faults.take('getMe', null)).toBeNull()
})

it('strikes only its method, however it is written, and only its chat', () => {
  const faults = createFaults()
  faults.add({ method: 'sendmessage', chatId: 7, times: null, error: { delayMs: 10 } })
  const calls = [
    ['sendMessage', 7],
    ['SENDMESSAGE', 7],
    ['sendMessage', 8],
    ['sendMessage', null],
    ['sendPhoto', 7],
  ] as const
  expect(calls.map(([method, chatId]) => faults.take(method, chatId) !== null)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

it('takes the oldest that matches, and the next when that is used up', () => {
  const faults = createFaults()
  faults.add({ method: 'sendPhoto', error: 'reset-after' })
  faults.add({ error: unavailable })
  faults.add({ error: 'half-open' })
  const errors = [1, 2, 3].map(() => faults.take('sendMessage', 1)?.error)
  expect(errors).toEqual([unavailable, 'half-open', undefined])
  expect(faults.list()).toMatchObject([{ id: 1, struck: 0 }])
})

it('goes on to the next when the dice spare the call', () => {
  const faults = createFaults()
  faults.add({ probability: 0, times: null, error: 'half-open' })
  faults.add({ error: unavailable })
  expect(faults.take('getMe', null)?.error).toEqual(unavailable)
})

it('hands out copies, and keeps one of what it is given', () => {
  const faults = createFaults()
  const given = { times: 2, error: { ...unavailable } }
  const copies = [given, faults.add(given), ...faults.list(), faults.take('getMe', null)]
  for (const copy of copies) Object.assign(copy?.error as object, { status: 400 })
  expect(faults.list()).toEqual([{ id: 1, struck: 1, times: 2, error: unavailable }])
})

it('forgets all when cleared, and does not give a number twice', () => {
  const faults = createFaults()
  faults.add({ error: unavailable })
  faults.clear()
  expect(faults.list()).toEqual([])
  expect(faults.add({ error: unavailable }).id).toBe(2)
})

it('strikes the same calls with the same seed, and about as many as its probability says', () => {
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, probability) => {
      const fault: Fault = { seed, probability, times: null, error: 'reset-before' }
      const calls = struck(fault, 2000)
      expect(struck(fault, 2000)).toEqual(calls)
      // Six standard deviations at the widest.
      expect(Math.abs(calls.filter(Boolean).length / 2000 - probability)).toBeLessThan(0.067)
    }),
  )
})

it('strikes other calls with another seed, and those of seed 1 when none is given', () => {
  const half = { probability: 0.5, times: null, error: 'reset-before' } as const
  expect(struck({ ...half, seed: 2 }, 100)).not.toEqual(struck(half, 100))
  expect(struck({ ...half, seed: 1 }, 100)).toEqual(struck(half, 100))
})

it('spends its times on the calls it strikes, not on those it spares', () => {
  expect(struck({ probability: 0.3, times: 4, error: 'reset-before' }, 1000).filter(Boolean)).toHaveLength(4)
})

it('fits its own schemas', () => {
  const faults = createFaults()
  const errors: Fault['error'][] = [
    { status: 429, description: 'Too Many Requests: retry after 3', retryAfter: 3 },
    { status: 502, description: 'Bad Gateway', html: true },
    { delayMs: 0 },
    'reset-before',
    'reset-after',
    'half-open',
  ]
  for (const error of errors) expect(Value.Check(SetFault, faults.add({ times: null, error }))).toBe(true)
})

it.each([
  {},
  { error: 'nonsense' },
  { error: { status: 200, description: 'OK' } },
  { error: { delayMs: -1 } },
  { error: 'half-open', times: 0 },
  { error: 'half-open', probability: 2 },
])('%j is no fault', (value) => {
  expect(Value.Check(Fault, value)).toBe(false)
})
