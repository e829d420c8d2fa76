import { expect, it } from 'vitest'
import { ana, everyKind, setupBot } from '../bot.ts'

const bot = setupBot()

const react = (...emoji: string[]) =>
  bot.ok('setMessageReaction', {
    chat_id: ana,
    message_id: 1,
    reaction: emoji.map((each) => ({ type: 'emoji', emoji: each })),
  })
const seen = async () =>
  (await bot.control.messages(ana))[0]?.reactions?.map(({ senderId, emoji }) => [senderId, emoji])

it('a bot reacts once, changes its mind, and takes it back', async () => {
  await bot.control.say(ana, 'Hi')
  await react('👍')
  expect(await seen()).toEqual([[1000000001, '👍']])
  await react('🎉')
  expect(await seen()).toEqual([[1000000001, '🎉']])
  await react()
  expect(await seen()).toEqual([])
  await bot.ok('setMessageReaction', { chat_id: ana, message_id: 1 })
})

it('of its own reactions a bot hears nothing, and they stand beside those of others', async () => {
  await bot.control.say(ana, 'Hi')
  await bot.askFor(everyKind)
  await bot.updates()
  await bot.control.react(ana, 1, '🔥')
  await react('👍')
  expect(await seen()).toEqual([
    [ana, '🔥'],
    [1000000001, '👍'],
  ])
  expect(await bot.updates()).toHaveLength(1)
})
