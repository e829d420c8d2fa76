import { expect, it } from 'vitest'
import type { SendOutcome } from '../../src/telegram/telegram.types.ts'
import { createTraffic } from '../../src/telegram/traffic.ts'

const time = { at: 1_000_000 }
const clock = { now: () => time.at, monotonic: () => time.at }
const part = { kind: 'text' as const, text: 'Hello', entities: [] }
const bulk = { lane: 'bulk' as const }

it('counts messages by what became of them and forgets their speed after ten seconds', async () => {
  const traffic = createTraffic(clock)
  const outcomes: SendOutcome[] = [
    { kind: 'sent', messageId: 1 },
    { kind: 'sent', messageId: 2 },
    { kind: 'retry_after', seconds: 3 },
  ]
  const send = traffic.counted(async () => outcomes.shift() ?? { kind: 'withdrawn' })
  for (let n = 0; n < 4; n += 1) await send(1, part, bulk)
  expect(traffic.read(0)).toMatchObject({
    outcomes: { sent: 2, retry_after: 1, withdrawn: 1 },
    perSecond: 0.2,
    waiting: 0,
    pausedUntil: null,
  })
  time.at += 10_000
  expect(traffic.read(5000)).toMatchObject({ perSecond: 0, pausedUntil: time.at + 5000 })
})

it('counts a message that waits, also when it fails', async () => {
  const traffic = createTraffic(clock)
  let fail = (_: Error): void => {}
  const send = traffic.counted(() => new Promise((_, reject) => (fail = reject)))
  const sending = send(1, part, bulk)
  expect(traffic.read(0).waiting).toBe(1)
  fail(new Error('no'))
  await expect(sending).rejects.toThrow('no')
  expect(traffic.read(0)).toMatchObject({ waiting: 0, outcomes: {} })
})

it('tells when Telegram last answered, and when it last gave an update', () => {
  const traffic = createTraffic(clock)
  expect(traffic.read(0)).toMatchObject({ lastUpdateAt: null, lastAnswerAt: null, since: time.at })
  const first = time.at
  traffic.answered(2)
  time.at += 1000
  traffic.answered(0)
  traffic.stateChanged()
  expect(traffic.read(0)).toMatchObject({ lastUpdateAt: first, lastAnswerAt: time.at, since: time.at })
})
