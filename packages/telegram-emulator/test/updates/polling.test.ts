import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BotApiError } from '../../src/botApi/answer.ts'
import { createPolling, type PollingOptions, type PollParams } from '../../src/updates/polling.ts'
import { createUpdateQueue } from '../../src/updates/updateQueue.ts'

const OTHER_POLLER =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'

function setup(options: Partial<PollingOptions> = {}) {
  const queue = createUpdateQueue(() => 0, 1)
  const polling = createPolling(queue, { webhookIsActive: () => false, ...options })
  const leave: (() => void)[] = []
  const poll = (params: PollParams = {}) => polling.poll(params, (gone) => leave.push(gone))
  const ids = async (params?: PollParams) => (await poll(params)).map(({ update_id }) => update_id)
  const message = () => queue.add({ message: {} })
  const messages = (count: number) => {
    for (let i = 0; i < count; i++) message()
  }
  return { queue, polling, poll, ids, message, messages, leave: (which = -1) => leave.at(which)?.() }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('getUpdates', () => {
  it('answers at once when there is something, whatever the timeout', async () => {
    const { ids, message } = setup()
    message()
    expect(await ids({ timeout: 50 })).toEqual([1])
  })

  it('answers at once with nothing when no timeout is given', async () => {
    expect(await setup().ids()).toEqual([])
  })

  it('confirms by the offset', async () => {
    const { ids, messages, queue } = setup()
    messages(3)
    expect(await ids({ offset: 3 })).toEqual([3])
    expect(await ids({ offset: -1 })).toEqual([3])
    expect(queue.pending()).toBe(1)
  })

  it.each([
    [undefined, 100],
    [7, 7],
    [0, 1],
    [-3, 1],
    [500, 100],
  ])('takes the limit %s for %i', async (limit, count) => {
    const { ids, messages } = setup()
    messages(120)
    expect(await ids(limit === undefined ? {} : { limit })).toHaveLength(count)
  })

  it('remembers which kinds were asked for', async () => {
    const { ids, message, queue } = setup()
    await ids({ allowed_updates: ['poll'] })
    await ids()
    expect([message(), queue.allowed()]).toEqual([null, ['poll']])
  })

  it('is refused while a webhook is set', async () => {
    const { poll } = setup({ webhookIsActive: () => true })
    await expect(poll()).rejects.toMatchObject({
      status: 409,
      message:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    })
  })
})

describe('a poll that waits', () => {
  it('gets all that comes in the same tick', async () => {
    const { ids, messages } = setup()
    const waiting = ids({ timeout: 50 })
    messages(3)
    await vi.advanceTimersByTimeAsync(1)
    expect(await waiting).toEqual([1, 2, 3])
  })

  it('gets no more than its limit', async () => {
    const { ids, messages } = setup()
    const waiting = ids({ timeout: 50, limit: 2 })
    messages(3)
    await vi.advanceTimersByTimeAsync(1)
    expect(await waiting).toEqual([1, 2])
  })

  it.each([
    [2, 2000],
    [600, 50_000],
  ])('with a timeout of %i s is answered with nothing after %i ms', async (timeout, ms) => {
    const { ids } = setup()
    const answered = vi.fn()
    const waiting = ids({ timeout }).then(answered)
    await vi.advanceTimersByTimeAsync(ms - 1)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await waiting
    expect(answered).toHaveBeenCalledWith([])
  })

  it('is ended by another that waits', async () => {
    const { ids, poll, message } = setup()
    const first = poll({ timeout: 50 })
    const refused = expect(first).rejects.toMatchObject({ status: 409, message: OTHER_POLLER })
    const second = ids({ timeout: 50 })
    await refused
    message()
    await vi.advanceTimersByTimeAsync(1)
    expect(await second).toEqual([1])
  })

  it('is ended by a hasty one with the same offset, which the real server would hold', async () => {
    const { ids, poll } = setup()
    const refused = expect(poll({ timeout: 50 })).rejects.toMatchObject({ message: OTHER_POLLER })
    expect(await ids()).toEqual([])
    await refused
  })

  it('outlives one that does not wait', async () => {
    const { ids, message } = setup()
    const waiting = ids({ timeout: 50 })
    expect(await ids({ offset: 1 })).toEqual([])
    message()
    await vi.advanceTimersByTimeAsync(1)
    expect(await waiting).toEqual([1])
  })

  it('is forgotten when the client is gone, and nothing is confirmed for it', async () => {
    const { ids, message, queue, leave } = setup()
    const gone = ids({ timeout: 50, offset: 5 })
    leave()
    expect(await gone).toEqual([])
    message()
    await vi.advanceTimersByTimeAsync(1)
    expect(queue.pending()).toBe(1)
    expect(await ids({ timeout: 50 })).toEqual([1])
  })

  it('is not disturbed when the client of an earlier one goes', async () => {
    const { ids, poll, message, leave } = setup()
    const earlier = poll({ timeout: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    await earlier
    const waiting = ids({ timeout: 50 })
    leave(0)
    message()
    await vi.advanceTimersByTimeAsync(1)
    expect(await waiting).toEqual([1])
  })

  it('confirms what comes below its offset, as the real server does', async () => {
    const { ids, message, queue } = setup()
    const waiting = ids({ timeout: 50, offset: 2 })
    message()
    await vi.advanceTimersByTimeAsync(1)
    expect([await waiting, queue.pending()]).toEqual([[], 0])
  })

  it('can be ended from outside, with an error or with what there is', async () => {
    const { polling, poll } = setup()
    const refused = expect(poll({ timeout: 50 })).rejects.toMatchObject({ message: 'Conflict' })
    polling.end(new BotApiError(409, 'Conflict'))
    await refused
    const waiting = poll({ timeout: 50 })
    polling.close()
    expect(await waiting).toEqual([])
    polling.end(null)
  })
})

describe('in strict mode', () => {
  const strict = () => setup({ strict: true, now: () => Date.now() })

  it('holds who asks with the same offset within three seconds', async () => {
    const { ids, poll } = strict()
    await ids()
    const answered = vi.fn()
    const waiting = poll().then(answered)
    await vi.advanceTimersByTimeAsync(2999)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await waiting
    expect(answered).toHaveBeenCalledWith([])
  })

  it('gives one update to who asks with the same offset within half a second', async () => {
    const { ids, messages } = strict()
    messages(3)
    expect(await ids()).toEqual([1, 2, 3])
    expect(await ids()).toEqual([1])
    await vi.advanceTimersByTimeAsync(500)
    expect(await ids()).toEqual([1, 2, 3])
    expect(await ids({ offset: 2 })).toEqual([2, 3])
  })

  it('tells the second of two conflicts three seconds later', async () => {
    const { poll } = strict()
    const refusal = (error: Error) => error.message
    const first = poll({ timeout: 50, offset: 1 }).catch(refusal)
    const told = vi.fn()
    const second = poll({ timeout: 50, offset: 2 }).catch(refusal).then(told)
    expect(await first).toBe(OTHER_POLLER)
    const third = poll({ timeout: 50, offset: 3 })
    await vi.advanceTimersByTimeAsync(2999)
    expect(told).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    await second
    expect(told).toHaveBeenCalledWith(OTHER_POLLER)
    await vi.advanceTimersByTimeAsync(50_000)
    expect(await third).toEqual([])
  })

  it('leaves nobody without an answer when it closes', async () => {
    const { poll, polling } = strict()
    const outcomes = [1, 2, 3].map((offset) => poll({ timeout: 50, offset }).catch(() => 'refused'))
    polling.close()
    expect(await Promise.all(outcomes)).toEqual(['refused', 'refused', []])
  })
})
