import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { methodNames } from '../../src/botApi/methodNames.ts'
import { methodTable } from '../../src/botApi/methods/all.ts'
import { formOf, setupBot } from './bot.ts'

const bot = setupBot()

/** Names in the declaration of APIMethods: one at the beginning of a line, four spaces in. */
function documentedNames(): string[] {
  const file = new URL('../../node_modules/@gramio/types/out/methods.d.ts', import.meta.url)
  const declaration = readFileSync(file, 'utf8')
  const [, body = ''] = declaration.split('export interface APIMethods {')
  return [...body.matchAll(/^ {4}(\w+): CallAPI/gm)].map(([, name]) => name as string)
}

/** A transport is needed to run methods, not to list them. */
const modelled = [...methodTable({} as never).values()].map(({ name }) => name)
const unmodelled = methodNames.filter((name) => !modelled.includes(name))

describe('the names of methods', () => {
  it('are those of Bot API 10.3, each once', () => {
    expect(methodNames).toHaveLength(185)
    expect(methodNames.toSorted()).toEqual(documentedNames().toSorted())
  })

  it('of what is modelled are among them', () => {
    expect(modelled.filter((name) => !methodNames.includes(name))).toEqual([])
  })
})

describe('a method', () => {
  it('that is not modelled says so by its name, whichever it is', async () => {
    const answers = await Promise.all(unmodelled.map(async (name) => (await bot.call(name)).body))
    expect(answers).toEqual(
      unmodelled.map((name) => ({
        ok: false,
        error_code: 501,
        description: `Not Implemented: the emulator does not model ${name}`,
      })),
    )
  })

  it('that nobody knows is not found', async () => {
    expect(await bot.call('sendNothing')).toMatchObject({
      status: 404,
      body: { ok: false, error_code: 404, description: 'Not Found: method not found' },
    })
  })

  it('may be written in any case', async () => {
    for (const name of ['getMe', 'getme', 'GETME']) expect((await bot.call(name)).body.ok).toBe(true)
    expect((await bot.call('SENDinvoice')).body.description).toContain('does not model sendInvoice')
  })

  it('of the test environment is the same', async () => {
    expect(await bot.ok('test/getMe')).toEqual(await bot.ok('getMe'))
  })

  it('is refused to whoever has another token', async () => {
    const { url, token } = bot.emulator
    const other = `${token.split(':')[0]}:${'x'.repeat(35)}`
    const response = await fetch(`${url}/bot${other}/getMe`)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' })
  })

  // ClientManager.cpp, `send`
  it('is refused in other words to whoever has no token at all', async () => {
    const response = await fetch(`${bot.emulator.url}/bottoken/getMe`)
    expect(await response.json()).toMatchObject({ description: 'Unauthorized: invalid token specified' })
  })

  it('that is left out is not found', async () => {
    const response = await fetch(`${bot.emulator.url}/bot${bot.emulator.token}/`)
    expect(response.status).toBe(404)
  })

  // Client.cpp, `init_methods`: names that old clients use
  it.each([
    ['kickChatMember', 'banChatMember'],
    ['getChatMembersCount', 'getChatMemberCount'],
  ])('%s is %s still', async (old, name) => {
    expect((await bot.call(old, {})).body).toEqual((await bot.call(name, {})).body)
  })
})

describe('parameters', () => {
  const markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
  const params = { chat_id: 7, text: '*Hi* & ñ 🙂', parse_mode: 'MarkdownV2', protect_content: true }
  const asText = Object.entries({ ...params, reply_markup: markup }).map(
    ([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)],
  )
  const form = new URLSearchParams(asText)
  const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }
  const inJson = { 'content-type': 'application/json' }

  it.each<[how: string, query: string, request: () => RequestInit]>([
    ['in the address', `?${form}`, () => ({})],
    ['in the address of a POST', `?${form}`, () => ({ method: 'POST' })],
    ['in a form', '', () => ({ method: 'POST', headers: urlencoded, body: form.toString() })],
    [
      'as JSON',
      '',
      () => ({ method: 'POST', headers: inJson, body: JSON.stringify({ ...params, reply_markup: markup }) }),
    ],
    [
      'as JSON of text only',
      '',
      () => ({ method: 'POST', headers: inJson, body: JSON.stringify(Object.fromEntries(asText)) }),
    ],
    ['in parts', '', () => ({ method: 'POST', body: formOf({ ...params, reply_markup: markup }) })],
    [
      'partly in the address and partly in a form',
      '?chat_id=7&text=not+this',
      () => ({ method: 'POST', headers: urlencoded, body: form.toString() }),
    ],
  ])('given %s are understood', async (_, query, request) => {
    const response = await fetch(`${bot.addressOf('sendMessage')}${query}`, request())
    expect(await response.json()).toMatchObject({
      ok: true,
      result: {
        chat: { id: 7 },
        text: 'Hi & ñ 🙂',
        entities: [{ type: 'bold', offset: 0, length: 2 }],
        reply_markup: markup,
        has_protected_content: true,
      },
    })
  })

  it('may be numbers written as text, and truth as 1 or yes', async () => {
    await bot.ok('sendMessage', { chat_id: '7', text: 12, protect_content: 'Yes' })
    expect((await bot.control.messages(7)).at(-1)).toMatchObject({ text: '12', protectContent: true })
  })

  it('that are no JSON are none', async () => {
    const response = await fetch(bot.addressOf('getMe'), { method: 'POST', headers: inJson, body: '{' })
    expect(response.status).toBe(200)
    expect((await bot.call('getMe')).body.ok).toBe(true)
  })
})
