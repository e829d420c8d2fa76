import { describe, expect, it } from 'vitest'
import { type CrashSite, crashSite } from './harness.ts'

const interrupted =
  'I was interrupted while I worked on this, so it is not known whether it finished. Please try the command again'

/** A bot that has asked which size, and is killed. */
async function askedForSize(site: CrashSite, options = {}): Promise<void> {
  const bot = await site.recover(options)
  await site.say('/order')
  await site.heard('What?')
  await site.say('tea')
  await site.heard('Which size?')
  await site.quiet()
  await bot.kill()
}

describe('a bot that is killed before an action is called for a command', () => {
  it.each([
    ['U1', 'updates.fetched', 'when Telegram has handed the update over and it is not stored'],
    ['U2', 'updates.stored', 'when the update is stored and nothing has begun'],
  ])('%s: at %s, %s, handles it at the next start, once', async (_, point) => {
    const site = await crashSite()
    await site.killAt(point, () => site.say('/pay'))
    expect(site.calls()).toEqual([])
    await site.recover()
    await site.heard('did pay')
    await site.quiet()
    expect(site.calls()).toEqual(['pay'])
    expect(await site.texts()).toEqual(['did pay'])
  })

  it('U2: at updates.stored calls it with all answers when it was the last of them', async () => {
    const site = await crashSite()
    await askedForSize(site)
    await site.killAt('updates.stored', () => site.press('large'))
    await site.recover()
    await site.heard('did order of tea, large')
    await site.quiet()
    expect(site.calls()).toEqual(['order of tea, large'])
    expect(await site.store.conversations.get(7, 7)).toBeNull()
  })
})

const inAction: [point: string, when: string, calls: number, answers: number][] = [
  ['command.begun', 'before the action is called', 0, 0],
  ['command.action.returned', 'when the action has returned', 1, 0],
  ['update.done', 'when the answer has arrived and that is not marked', 1, 1],
]

describe('a bot that is killed when an action has begun for a command', () => {
  it.each(inAction)('U3: at %s, %s, does not call it again and says so', async (point, _, calls, answers) => {
    const site = await crashSite()
    await site.killAt(point, () => site.say('/pay'))
    await site.recover()
    await site.heard(interrupted)
    await site.quiet()
    expect(site.calls()).toHaveLength(calls)
    expect(await site.texts()).toEqual([...Array(answers).fill('did pay'), interrupted])
    await site.say('/pay')
    await site.heard('did pay', answers + 1)
    expect(site.calls()).toHaveLength(calls + 1)
  })

  it.each(inAction)(
    'U3: at %s, %s, calls an idempotent one again, once',
    async (point, _, calls, answers) => {
      const site = await crashSite()
      await site.killAt(point, () => site.say('/pay'), { idempotent: true })
      await site.recover({ idempotent: true })
      await site.heard('did pay', answers + 1)
      await site.quiet()
      expect(site.calls()).toHaveLength(calls + 1)
      expect(await site.texts()).toHaveLength(answers + 1)
    },
  )

  it('U3: at command.action.returned ends the dialog that led to it, and says so', async () => {
    const site = await crashSite()
    await askedForSize(site)
    await site.killAt('command.action.returned', () => site.press('large'))
    await site.recover()
    await site.heard(interrupted)
    await site.quiet()
    expect(site.calls()).toEqual(['order of tea, large'])
    expect(await site.store.conversations.get(7, 7)).toBeNull()
  })

  it('U3: at command.action.returned calls an idempotent one again with the same answers, however late', async () => {
    const site = await crashSite()
    await askedForSize(site, { idempotent: true })
    await site.killAt('command.action.returned', () => site.press('large'), { idempotent: true })
    site.passTime(24 * 3_600_000)
    await site.recover({ idempotent: true })
    await site.heard('did order of tea, large')
    await site.quiet()
    expect(site.calls()).toEqual(['order of tea, large', 'order of tea, large'])
    expect(await site.store.conversations.get(7, 7)).toBeNull()
  })
})

describe('a bot that is killed while it asks', () => {
  it.each([
    ['conversation.answer.stored', 'when the answer is stored and the next question is not sent', 1],
    ['conversation.question.sent', 'when the next question is sent and that is not stored', 2],
  ])('C1: at %s, %s, asks it at the next start and takes no answer twice', async (point, _, questions) => {
    const site = await crashSite()
    const bot = await site.recover()
    await site.say('/order')
    await site.heard('What?')
    await site.quiet()
    await bot.kill()
    await site.killAt(point, () => site.say('small'))
    await site.recover()
    await site.heard('Which size?', questions)
    await site.quiet()
    expect(site.calls()).toEqual([])
    expect((await site.texts()).filter((text) => text === 'Which size?')).toHaveLength(questions)
    await site.press('large')
    await site.heard('did order of small, large')
  })

  it('C1: at conversation.answer.stored asks it also when it was away for longer than a person may be silent', async () => {
    const site = await crashSite()
    const bot = await site.recover()
    await site.say('/order')
    await site.heard('What?')
    await site.quiet()
    await bot.kill()
    await site.killAt('conversation.answer.stored', () => site.say('tea'))
    site.passTime(24 * 3_600_000)
    await site.recover()
    await site.heard('Which size?')
    await site.press('small')
    await site.heard('did order of tea, small')
  })

  it('C1: at conversation.answer.stored of the command asks the first question', async () => {
    const site = await crashSite()
    await site.killAt('conversation.answer.stored', () => site.say('/order'))
    await site.recover()
    await site.heard('What?')
    await site.quiet()
    expect(await site.texts()).toEqual(['What?'])
  })
})
