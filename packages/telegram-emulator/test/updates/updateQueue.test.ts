import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createUpdateQueue, type Update, type UpdateQueue } from '../../src/updates/updateQueue.ts'

const DAY = 86_400_000

function setup() {
  const time = { now: 0 }
  const queue = createUpdateQueue(() => time.now, 100)
  const message = (text = '') => queue.add({ message: { text } })
  const ids = () => queue.take(100).map(({ update_id }) => update_id)
  return { time, queue, message, ids }
}

describe('an update', () => {
  it('gets the next id, and is given out until it is confirmed', () => {
    const { queue, message, ids } = setup()
    expect(message('a')).toEqual({ update_id: 100, message: { text: 'a' } })
    message('b')
    expect([ids(), ids(), queue.pending()]).toEqual([[100, 101], [100, 101], 2])
    expect(queue.take(1)).toEqual([{ update_id: 100, message: { text: 'a' } }])
    queue.confirm(101)
    expect(ids()).toEqual([101])
    expect(message()?.update_id).toBe(102)
  })

  it('can be removed from the middle', () => {
    const { queue, message, ids } = setup()
    for (let i = 0; i < 3; i++) message()
    queue.remove(101)
    queue.remove(999)
    expect([ids(), queue.pending()]).toEqual([[100, 102], 2])
    expect([queue.expiresAt(100), queue.expiresAt(101)]).toEqual([DAY, undefined])
  })

  it('is told to those who listen, until they stop', () => {
    const { queue, message } = setup()
    const heard: Update[] = []
    const stop = queue.onAdded((update) => heard.push(update))
    message()
    stop()
    message()
    expect(heard).toEqual(queue.take(1))
  })
})

describe('an offset', () => {
  it.each([
    ['0 confirms nothing', 0, [100, 101, 102]],
    ['below the oldest confirms nothing', 7, [100, 101, 102]],
    ['of an id confirms what is older', 102, [102]],
    ['of the next id confirms all', 103, []],
    ['up to ten beyond confirms all', 113, []],
    ['further ahead is a stranger’s and confirms nothing', 114, [100, 101, 102]],
    ['below zero keeps that many of the last', -2, [101, 102]],
    ['below zero keeps all when there are fewer', -9, [100, 101, 102]],
  ])('%s', (_, offset, left) => {
    const { queue, message, ids } = setup()
    for (let i = 0; i < 3; i++) message()
    queue.confirm(offset)
    expect(ids()).toEqual(left)
  })
})

describe('allowed updates', () => {
  it('are all but three kinds unless asked for', () => {
    const { queue } = setup()
    const added = ['message', 'my_chat_member', 'chat_member', 'message_reaction', 'message_reaction_count']
    expect(added.map((kind) => queue.add({ [kind]: {} }) !== null)).toEqual([true, true, false, false, false])
    expect(queue.allowed()).toBeNull()
  })

  it('narrow what comes from then on, and take no id for the rest', () => {
    const { queue, message, ids } = setup()
    message()
    queue.allow(['Chat_Member', 'callback_query'])
    expect(message()).toBeNull()
    expect(queue.add({ chat_member: {} })?.update_id).toBe(101)
    expect(ids()).toEqual([100, 101])
    expect(queue.allowed()).toEqual(['callback_query', 'chat_member'])
  })

  it.each([
    ['nothing said leaves them', undefined, ['poll']],
    ['none is the default again', [], null],
    ['unknown names alone are the default again', ['telepathy'], null],
    ['unknown names among others count for nothing', ['telepathy', 'message'], ['message']],
  ])('%s', (_, kinds, allowed) => {
    const { queue } = setup()
    queue.allow(['poll'])
    queue.allow(kinds)
    expect(queue.allowed()).toEqual(allowed)
  })
})

describe('age', () => {
  it('drops what nobody took for a day', () => {
    const { time, queue, message, ids } = setup()
    message()
    time.now += DAY
    message()
    expect(ids()).toEqual([100, 101])
    time.now += 1
    expect([queue.expiresAt(100), ids(), queue.pending()]).toEqual([undefined, [101], 1])
  })

  it('drops a question of a user sooner, since it can no longer be answered', () => {
    const { time, queue, message, ids } = setup()
    message()
    queue.add({ callback_query: { id: '1' } })
    time.now += 150_001
    expect([ids(), queue.pending()]).toEqual([[100], 1])
  })
})

it('holds 100 000 updates and drops the oldest beyond', () => {
  const { queue, message } = setup()
  for (let i = 0; i < 100_002; i++) message()
  expect([queue.pending(), queue.take(1)[0]?.update_id]).toEqual([100_000, 102])
})

it('is saved and loaded as plain data', () => {
  const { time, queue, message } = setup()
  message('a')
  queue.allow(['message'])
  message('b')
  queue.confirm(101)
  const loaded = createUpdateQueue(() => time.now, 1)
  loaded.load(JSON.parse(JSON.stringify(queue.state())))
  expect([loaded.take(9), loaded.allowed(), loaded.pending()]).toEqual([queue.take(9), ['message'], 1])
  expect(loaded.add({ message: {} })?.update_id).toBe(102)
  time.now += DAY + 1
  expect(loaded.take(9)).toEqual([])
})

it('behaves as a plain list does, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 200 }), (run) => {
      fc.modelRun(() => ({ model: { now: 0, nextId: 1, list: [], allowed: null }, real: realQueue() }), run)
    }),
  )
})

interface Model {
  now: number
  nextId: number
  list: { id: number; expiresAt: number }[]
  allowed: string[] | null
}
interface Real {
  time: { now: number }
  queue: UpdateQueue
}

const realQueue = (): Real => {
  const time = { now: 0 }
  return { time, queue: createUpdateQueue(() => time.now, 1) }
}

/** Does it to both and compares what can be seen. */
const command = (name: string, onModel: (model: Model) => void, onReal: (real: Real) => void) => ({
  check: () => true,
  run(model: Model, real: Real) {
    onModel(model)
    onReal(real)
    model.list = model.list.filter(({ expiresAt }) => expiresAt >= model.now)
    const ids = model.list.map(({ id }) => id)
    expect(real.queue.take(3).map(({ update_id }) => update_id)).toEqual(ids.slice(0, 3))
    expect(real.queue.take(1000).map(({ update_id }) => update_id)).toEqual(ids)
    expect(real.queue.pending()).toBe(ids.length)
  },
  toString: () => name,
})

const LIFETIMES = { message: DAY, poll: DAY, chat_member: DAY, callback_query: 150_000, inline_query: 30_000 }
const kinds = fc.constantFrom(...(Object.keys(LIFETIMES) as (keyof typeof LIFETIMES)[]))

const commands = [
  kinds.map((kind) =>
    command(
      `add ${kind}`,
      (model) => {
        if (model.allowed ? !model.allowed.includes(kind) : kind === 'chat_member') return
        model.list.push({ id: model.nextId, expiresAt: model.now + LIFETIMES[kind] })
        model.nextId += 1
      },
      ({ queue }) => queue.add({ [kind]: {} }),
    ),
  ),
  fc.integer({ min: -8, max: 40 }).map((offset) =>
    command(
      `confirm ${offset}`,
      (model) => {
        if (offset < 0) model.list = model.list.slice(offset)
        else if (offset <= model.nextId + 10) model.list = model.list.filter(({ id }) => id >= offset)
      },
      ({ queue }) => queue.confirm(offset),
    ),
  ),
  fc.integer({ min: 0, max: 40 }).map((removed) =>
    command(
      `remove ${removed}`,
      (model) => {
        model.list = model.list.filter(({ id }) => id !== removed)
      },
      ({ queue }) => queue.remove(removed),
    ),
  ),
  fc.option(fc.uniqueArray(kinds), { nil: undefined }).map((allowed) =>
    command(
      `allow ${allowed}`,
      (model) => {
        if (allowed) model.allowed = allowed.length > 0 ? allowed : null
      },
      ({ queue }) => queue.allow(allowed),
    ),
  ),
  fc.constantFrom(1, 30_000, 150_000, DAY / 2, DAY).map((ms) =>
    command(
      `wait ${ms}`,
      (model) => {
        model.now += ms
      },
      ({ time }) => {
        time.now += ms
      },
    ),
  ),
  fc.constant(
    command(
      'drop',
      (model) => {
        model.list = []
      },
      ({ queue }) => queue.drop(),
    ),
  ),
]
