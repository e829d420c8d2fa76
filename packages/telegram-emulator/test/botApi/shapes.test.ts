import { expect, it } from 'vitest'
import { methodTable } from '../../src/botApi/methods/all.ts'
import type { NewChat } from '../../src/index.ts'
import { ana, everyKind, kindOf, luis, mei, setupBot } from './bot.ts'
import { actAll } from './shapes/acts.ts'
import { callAll } from './shapes/calls.ts'
import { check, sourceOf } from './shapes/check.ts'

const bot = setupBot()

/** A group and a channel of Ana, with the bot in them. */
async function openChats() {
  await bot.control.addUser({ id: mei, firstName: 'Mei' })
  const chat: NewChat = { title: 'Chat', members: [ana, luis], botStatus: 'administrator' }
  const group = await bot.control.addChat(chat)
  const channel = await bot.control.addChat({ ...chat, type: 'channel', username: 'news' })
  return { group: group.id, channel: channel.id }
}

/** Results of methods that are about updates, which end each other. */
async function transportResults() {
  const url = `${bot.emulator.url}/nowhere`
  return Object.entries({
    getUpdates: await bot.ok('getUpdates', { offset: -1 }),
    setWebhook: await bot.ok('setWebhook', { url, allowed_updates: ['message'] }),
    getWebhookInfo: await bot.ok('getWebhookInfo'),
    deleteWebhook: await bot.ok('deleteWebhook', { drop_pending_updates: true }),
    close: await bot.ok('close'),
    logOut: await bot.ok('logOut'),
  })
}

/** Calls every method, has people do everything, and keeps what came of it. */
async function collect() {
  await bot.askFor(everyKind)
  const chats = await openChats()
  const { made, keep } = await callAll(bot, chats)
  await actAll(bot, chats)
  const updates = await bot.updates()
  for (const { inline_query: query, callback_query: callback } of updates) {
    if (query) await keep('answerInlineQuery', { inline_query_id: query.id, results: [] })
    if (callback) await keep('answerCallbackQuery', { callback_query_id: callback.id, text: 'Hi' })
  }
  return { made: [...made, ...(await transportResults())], updates }
}

it('results and updates have the shapes of Bot API 10.3', async () => {
  const { made, updates } = await collect()
  const listed = [...methodTable({} as never).values()].map(({ name }) => name as string)
  expect(listed.filter((name) => !made.some(([method]) => method === name))).toEqual([])
  expect([...new Set(updates.map(kindOf))].toSorted()).toEqual(everyKind.toSorted())
  expect(
    check({
      results: sourceOf(made.map(([method, result]) => [`APIMethodReturn<'${method}'>`, result])),
      updates: sourceOf(updates.map((update) => ['TelegramUpdate', update])),
      missing: sourceOf([['TelegramUpdate', { update_id: 1, message: { message_id: 1, date: 1 } }]]),
      tooMuch: sourceOf([["APIMethodReturn<'getMyName'>", { name: 'x', title: 'x' }]]),
      wrong: sourceOf([["APIMethodReturn<'getChatMenuButton'>", { type: 'none' }]]),
    }),
  ).toEqual({
    results: [],
    updates: [],
    missing: [expect.stringContaining("Property 'chat' is missing")],
    tooMuch: [expect.stringContaining('may only specify known properties')],
    wrong: [expect.stringContaining('is not assignable')],
  })
})
