import { describe, expect, it, vi } from 'vitest'
import { ask, defineAction, followTime } from '../../src/index.ts'
import { change, startTestBot } from '../bot.ts'

const unknown = "I'm sorry, but I don't know how to respond to that"
const hello = defineAction({
  name: 'hello',
  run: ({ user, users }) => `Hello **${user?.name}**, one of ${users.length}`,
})
const weather = defineAction({
  name: 'weather',
  args: {
    name: ask.string('What is your name?', { maxLength: 5 }),
    city: ask.choice('Which city?', { Paris: 'cloudy', Madrid: 'clear' }),
  },
  run: ({ args }) => `${args.name}: ${args.city}`,
})

describe('a command', () => {
  it('runs its action for those who may use it, with user and users set', async () => {
    const bot = await startTestBot([hello])
    expect(await bot.say(7, '/hello')).toBe('Hello Ana, one of 1')
    const [message] = (await bot.emulator.control.messages(7)).filter(({ from }) => from === 'bot')
    expect(message?.entities).toEqual([{ type: 'bold', offset: 6, length: 3 }])
  })

  it('is found whatever its case and only when it is for this bot', async () => {
    const bot = await startTestBot([hello])
    expect(await bot.say(7, '/HELLO@kamihi_demo_bot')).toMatch(/^Hello/)
    await bot.emulator.control.say(7, '/hello@other_bot')
    expect(await bot.say(7, '/nothing')).toBe(unknown)
  })

  it('of an unknown person, without the right and unknown get the very same answer', async () => {
    const bot = await startTestBot([hello], {}, { clock: ({ clock }) => followTime(clock) })
    expect([await bot.say(9, '/hello'), await bot.say(8, '/hello')]).toEqual([unknown, unknown])
    bot.emulator.clock.advance(10_000)
    expect(await bot.say(8, '/nothing')).toBe(unknown)
  })

  it('works as soon as it is permitted', async () => {
    const bot = await startTestBot([hello])
    const { store } = bot.kamihi
    const luis = await store.users.getByTelegramId(8)
    await store.permissions.create({ action: 'hello', userIds: [luis?.id ?? ''] }, change)
    expect(await bot.say(8, '/hello')).toBe('Hello Luis, one of 2')
  })

  it('that a message is edited into runs nothing', async () => {
    let runs = 0
    const bot = await startTestBot([
      defineAction({
        name: 'count',
        run() {
          runs += 1
          return 'counted'
        },
      }),
    ])
    const { messageId } = await bot.emulator.control.say(7, 'hi')
    await bot.emulator.control.edit(7, messageId, '/count')
    // What is said later is handled later.
    await bot.emulator.control.say(7, '/count')
    await bot.emulator.control.waitForMessage(7, ({ text }) => text === 'counted')
    expect(runs).toBe(1)
  })

  it('whose action fails gets the error message, and the bot goes on', async () => {
    const bot = await startTestBot([
      hello,
      defineAction({ name: 'bad', run: () => Promise.reject(new Error('oops')) }),
    ])
    expect(await bot.say(7, '/bad')).toBe(
      'An error occurred while processing your request, please try again later',
    )
    expect(await bot.say(7, '/hello')).toMatch(/^Hello/)
  })

  it('that is slow does not make another person wait', async () => {
    let finish = () => {}
    const slow = defineAction({ name: 'slow', run: () => new Promise<void>((resolve) => (finish = resolve)) })
    const bot = await startTestBot([hello, slow])
    const { store } = bot.kamihi
    await store.permissions.create(
      { action: 'hello', userIds: [(await store.users.getByTelegramId(8))?.id ?? ''] },
      change,
    )
    await bot.emulator.control.say(7, '/slow')
    expect(await bot.say(8, '/hello')).toMatch(/^Hello/)
    finish()
  })

  it('is answered after Telegram asked to wait', async () => {
    const bot = await startTestBot([hello])
    await bot.emulator.control.fail({
      method: 'sendMessage',
      error: { status: 429, description: 'Too Many Requests: retry after 1', retryAfter: 1 },
    })
    expect(await bot.say(7, '/hello')).toMatch(/^Hello/)
    const calls = () => bot.emulator.control.calls({ method: 'sendMessage' })
    await expect.poll(async () => (await calls()).length).toBe(2)
    const sends = await calls()
    expect((sends[1]?.at ?? 0) - (sends[0]?.at ?? 0)).toBeGreaterThanOrEqual(1000)
  })

  it('is in the menu of those who may use it, and leaves it with the right', async () => {
    const bot = await startTestBot([hello, weather])
    const menu = (id: number) => bot.emulator.control.commandsFor(id)
    await expect
      .poll(() => menu(7))
      .toEqual([
        { command: 'hello', description: 'Action hello' },
        { command: 'weather', description: 'Action weather' },
        { command: 'cancel', description: 'Stop answering questions' },
      ])
    const { store, events } = bot.kamihi
    const ana = await store.users.getByTelegramId(7)
    await store.users.update(ana?.id ?? '', ana?.version ?? 0, { isAdmin: false }, change)
    events.emit({ type: 'users.changed', ids: [] })
    await expect.poll(() => menu(7)).toEqual([])
  })

  it('is looked up for nobody but those who changed', async () => {
    const bot = await startTestBot([hello])
    await expect.poll(() => bot.emulator.control.commandsFor(7)).toHaveLength(1)
    const { store, events } = bot.kamihi
    const luis = await store.users.getByTelegramId(8)
    await store.users.update(luis?.id ?? '', luis?.version ?? 0, { isAdmin: true }, change)
    const looked = vi.spyOn(store.users, 'actionsOf')
    events.emit({ type: 'users.changed', ids: [luis?.id ?? ''] })
    await expect.poll(() => bot.emulator.control.commandsFor(8)).toHaveLength(1)
    expect(looked.mock.calls).toEqual([[luis?.id]])
  })
})

describe('a conversation', () => {
  it('asks one question after another and runs the action with the answers', async () => {
    const bot = await startTestBot([weather])
    expect(await bot.say(7, '/weather')).toBe('What is your name?')
    expect(await bot.say(7, 'far too long')).toBe(
      'Please enter a valid string. It has 12 characters; at most 5 are allowed.\n\nWhat is your name?',
    )
    expect(await bot.say(7, 'Ana')).toBe('Which city?')
    expect(await bot.say(7, 'Madrid')).toBe('Ana: clear')
    expect(await bot.say(7, 'Madrid')).toBe(unknown)
  })

  it('takes the press of a button, once: the message has none after it', async () => {
    const bot = await startTestBot([weather])
    const { control } = bot.emulator
    await bot.say(7, '/weather')
    await bot.say(7, 'Ana')
    const question = await control.waitForMessage(7, (message) => message.text === 'Which city?')
    await control.click(7, question.messageId, 'k:1')
    await control.waitForMessage(7, (message) => message.text === 'Ana: clear')
    await expect.poll(async () => (await control.calls({ method: 'editMessageReplyMarkup' })).length).toBe(1)
    await expect(control.click(7, question.messageId, 'k:1')).rejects.toThrow('has no button')
  })

  it('says of a button of an earlier question that it has expired, and takes it away', async () => {
    const bot = await startTestBot([weather])
    const { control } = bot.emulator
    await bot.say(7, '/weather')
    await bot.say(7, 'Ana')
    const question = await control.waitForMessage(7, (message) => message.text === 'Which city?')
    await bot.say(7, '/weather')
    await control.click(7, question.messageId, 'k:1')
    await expect
      .poll(async () => (await control.calls({ method: 'answerCallbackQuery' }))[0]?.params.text)
      .toBe('This button has expired.')
    await expect.poll(async () => (await control.calls({ method: 'editMessageReplyMarkup' })).length).toBe(1)
  })

  it('asks again with buttons after an answer that is no choice, and takes those of the first question away', async () => {
    const bot = await startTestBot([weather])
    const { control } = bot.emulator
    await bot.say(7, '/weather')
    await bot.say(7, 'Ana')
    const first = await control.waitForMessage(7, (message) => message.text === 'Which city?')
    expect(await bot.say(7, 'Rome')).toBe('Please select a valid option.\n\nWhich city?')
    const again = await control.waitForMessage(7, (message) => message.text.endsWith('Which city?'), {
      afterMessageId: first.messageId,
    })
    await control.click(7, again.messageId, 'k:0')
    await control.waitForMessage(7, (message) => message.text === 'Ana: cloudy')
    const closed = async () =>
      (await control.calls({ method: 'editMessageReplyMarkup' })).map(({ params }) =>
        Number(params.message_id),
      )
    await expect.poll(closed).toEqual([first.messageId, again.messageId])
  })

  it('survives a restart', async () => {
    const bot = await startTestBot([weather])
    await bot.say(7, '/weather')
    await bot.restart()
    expect(await bot.say(7, 'Ana')).toBe('Which city?')
  })

  it('ends when the right is taken away', async () => {
    const bot = await startTestBot([weather])
    const { store } = bot.kamihi
    await bot.say(7, '/weather')
    const ana = await store.users.getByTelegramId(7)
    await store.users.update(ana?.id ?? '', ana?.version ?? 0, { isAdmin: false }, change)
    expect(await bot.say(7, 'Ana')).toBe(unknown)
    expect(await store.conversations.get(7, 7)).toBeNull()
  })

  it('is ended by the cancel command, which is unknown outside of one', async () => {
    const bot = await startTestBot([weather])
    await bot.say(7, '/weather')
    expect(await bot.say(7, '/cancel')).toBe('Operation cancelled')
    expect(await bot.say(7, '/cancel')).toBe(unknown)
  })
})

describe('an update', () => {
  it('is not handled again after a restart', async () => {
    let runs = 0
    const bot = await startTestBot([
      defineAction({
        name: 'count',
        run() {
          runs += 1
          return String(runs)
        },
      }),
    ])
    expect(await bot.say(7, '/count')).toBe('1')
    await bot.restart()
    expect(await bot.say(7, '/count')).toBe('2')
    expect(runs).toBe(2)
  })

  it('that Telegram holds back while it is away is handled when it is back', async () => {
    const bot = await startTestBot([hello])
    await bot.emulator.control.fail({
      method: 'getUpdates',
      times: 2,
      error: { status: 502, description: 'Bad Gateway' },
    })
    expect(await bot.say(7, '/hello')).toMatch(/^Hello/)
  })
})
