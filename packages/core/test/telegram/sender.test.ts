import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { usualRate } from './pacing/simulation.ts'
import { part, senderOn } from './senderOn.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ port: 0, limits: false })
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  for (let id = 1; id <= 9; id += 1) await emulator.control.addUser({ id, firstName: `User ${id}` })
})

const calls = () => emulator.control.calls({ method: 'sendMessage' })
const fail = (status: number, description: string, retryAfter?: number) =>
  emulator.control.fail({
    method: 'sendMessage',
    error: { status, description, ...(retryAfter ? { retryAfter } : {}) },
  })

describe('the sender', () => {
  it('asks right before it writes, and writes nothing when told not to', async () => {
    const { send, soon } = senderOn(emulator)
    const beforeWrite = async () => (await calls()).length > 0
    expect(await soon(send(1, part, { lane: 'bulk', beforeWrite }))).toEqual({ kind: 'withdrawn' })
    expect(await calls()).toEqual([])
  })

  it('gives the place back of what was not written', async () => {
    const { send, clock } = senderOn(emulator, { rate: { ...usualRate, global: 1 } })
    const withdrawn = { lane: 'reply', beforeWrite: async () => false } as const
    const broken = { lane: 'reply', beforeWrite: () => Promise.reject(new Error('disk full')) } as const
    expect(await send(1, part, withdrawn)).toEqual({ kind: 'withdrawn' })
    await expect(send(1, part, broken)).rejects.toThrow('disk full')
    expect(await send(1, part, { lane: 'reply' })).toMatchObject({ kind: 'sent' })
    expect(clock.monotonic()).toBe(0)
  })

  it('writes nothing for a signal that was aborted while it waited', async () => {
    const { send, clock } = senderOn(emulator, { rate: { ...usualRate, global: 1 } })
    await send(1, part, { lane: 'bulk' })
    const stop = new AbortController()
    const waiting = send(2, part, { lane: 'bulk', signal: stop.signal })
    await clock.pass(100)
    stop.abort()
    expect(await waiting).toEqual({ kind: 'withdrawn' })
    expect(await calls()).toHaveLength(1)
  })

  it('pays for bulk where it is to, and never for a reply', async () => {
    const { send, soon } = senderOn(emulator, { rate: { ...usualRate, paid: true } })
    await soon(send(1, part, { lane: 'bulk' }))
    await soon(send(2, part, { lane: 'reply' }))
    expect((await calls()).map(({ params }) => params.allow_paid_broadcast)).toEqual([true, undefined])
    const free = senderOn(emulator)
    await free.soon(free.send(3, part, { lane: 'bulk' }))
    expect((await calls()).at(-1)?.params).not.toHaveProperty('allow_paid_broadcast')
  })

  it('calls no chat before the wait that it was told is over, and counts it from the answer', async () => {
    const { send, clock } = senderOn(emulator)
    await fail(429, 'Too Many Requests: retry after 3', 3)
    expect(await send(1, part, { lane: 'reply' })).toEqual({ kind: 'retry_after', seconds: 3 })
    const again = send(1, part, { lane: 'reply' })
    await clock.pass(2999)
    expect(await calls()).toHaveLength(1)
    await clock.pass(1)
    expect(await again).toMatchObject({ kind: 'sent' })
  })

  it('hands back bulk that would have to wait for long, without a call', async () => {
    const { send, soon } = senderOn(emulator)
    await fail(429, 'Too Many Requests: retry after 10072', 10_072)
    await soon(send(1, part, { lane: 'bulk' }))
    expect(await send(1, part, { lane: 'bulk' })).toEqual({ kind: 'retry_after', seconds: 10_072 })
    expect(await calls()).toHaveLength(1)
  })

  it.each([401, 404])('lets bulk rest for a minute after a %i, for nobody can be reached', async (status) => {
    const { send, soon, clock } = senderOn(emulator)
    await fail(status, 'Unauthorized')
    expect(await soon(send(1, part, { lane: 'bulk' }))).toMatchObject({ kind: 'unauthorized' })
    expect(await send(2, part, { lane: 'bulk' })).toMatchObject({ kind: 'unauthorized' })
    expect(await calls()).toHaveLength(1)
    await clock.pass(60_000)
    expect(await soon(send(2, part, { lane: 'bulk' }))).toMatchObject({ kind: 'sent' })
  })

  it('goes on at once after an answer that says nothing about others', async () => {
    const { send, clock } = senderOn(emulator)
    await emulator.control.block(1)
    expect(await send(1, part, { lane: 'reply' })).toMatchObject({ kind: 'unreachable' })
    expect(await send(2, part, { lane: 'reply' })).toMatchObject({ kind: 'sent' })
    expect(clock.monotonic()).toBe(0)
  })
})
