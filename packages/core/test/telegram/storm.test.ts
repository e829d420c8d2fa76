import { createEmulator } from '@kamihi/telegram-emulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SendOutcome } from '../../src/index.ts'
import { usualRate } from './pacing/simulation.ts'
import { part, senderOn } from './senderOn.ts'

const people = 300
/** What Telegram asks one chat after another to wait, in seconds. */
const waits = [7, 10_000, 30, 4000]

async function startStorm() {
  const emulator = await createEmulator({ port: 0, limits: false })
  onTestFinished(() => emulator.close())
  for (let id = 1; id <= people; id += 1) {
    await emulator.control.addUser({ id, firstName: `User ${id}` })
    const retryAfter = waits[id % waits.length] ?? 1
    const description = `Too Many Requests: retry after ${retryAfter}`
    await emulator.control.fail({ chatId: id, error: { status: 429, description, retryAfter } })
  }
  const sender = senderOn(emulator, { rate: { ...usualRate, global: 1000 } })
  // Opens the connection: the clock of the limits passes while the first call of all does that.
  await sender.soon(sender.send(people + 1, part, { lane: 'bulk' }))
  return { emulator, ...sender }
}

describe('a storm of 429', () => {
  it('wakes nobody up, calls no chat before its time, and delivers everything when it is over', async () => {
    const { emulator, send, soon, clock } = await startStorm()
    const calledAt = new Map<number, number[]>()
    /** When each chat may be tried again, as the database would keep it. */
    const parkedUntil = new Map<number, number>()
    const left = new Set(Array.from({ length: people }, (_, index) => index + 1))
    const deliver = async (chatId: number): Promise<void> => {
      const beforeWrite = async () => {
        calledAt.set(chatId, [...(calledAt.get(chatId) ?? []), clock.monotonic()])
        return true
      }
      const outcome: SendOutcome = await send(chatId, part, { lane: 'bulk', beforeWrite })
      if (outcome.kind === 'sent') left.delete(chatId)
      if (outcome.kind === 'retry_after') parkedUntil.set(chatId, clock.monotonic() + outcome.seconds * 1000)
    }
    const deliverWhatIsDue = () =>
      soon(
        Promise.all([...left].filter((id) => (parkedUntil.get(id) ?? 0) <= clock.monotonic()).map(deliver)),
      )

    await deliverWhatIsDue()
    // Once two were told to wait for long, nobody else is called.
    const first = (await emulator.control.calls({ method: 'sendMessage' })).length
    expect(first).toBeLessThanOrEqual(100)
    const stormBegan = clock.monotonic()
    const wokenBefore = clock.wakeUps()
    for (let minute = 0; minute < 160; minute += 1) {
      await clock.pass(60_000)
      await deliverWhatIsDue()
    }
    expect(clock.wakeUps() - wokenBefore).toBeLessThan((clock.monotonic() - stormBegan) / 1000)
    expect(left.size).toBe(people)
    expect(await emulator.control.calls({ method: 'sendMessage' })).toHaveLength(first)

    await emulator.control.clearFaults()
    await clock.pass(10_002_000 + stormBegan - clock.monotonic())
    await deliverWhatIsDue()
    expect(left.size).toBe(0)
    for (const [chatId, [once, again]] of calledAt) {
      const wait = waits[chatId % waits.length] ?? 1
      if (once !== undefined && again !== undefined) expect(again - once).toBeGreaterThanOrEqual(wait * 1000)
    }
    for (let id = 1; id <= people; id += 1)
      expect((await emulator.control.messages(id)).filter(({ from }) => from === 'bot')).toHaveLength(1)
  })
})
