import { describe, expect, it } from 'vitest'
import { ana, begin, luis, setupBot } from './bot.ts'
import { picture } from './files.ts'

const bot = setupBot()
const say = { chat_id: ana, text: 'x' }
const texts = async () => (await bot.control.messages(ana)).map(({ text }) => text)

describe('a call is recorded', () => {
  it('with what was asked, what was answered, and when', async () => {
    await bot.control.advance(1500)
    const result = await bot.ok('sendmessage', say)
    await bot.call('sendMessage', { chat_id: 99, text: 'x' })
    expect(await bot.control.calls()).toEqual([
      {
        method: 'sendmessage',
        params: say,
        status: 200,
        response: { ok: true, result },
        at: begin * 1000 + 1500,
      },
      {
        method: 'sendMessage',
        params: { chat_id: 99, text: 'x' },
        status: 400,
        response: { ok: false, error_code: 400, description: 'Bad Request: chat not found' },
        at: begin * 1000 + 1500,
      },
    ])
  })

  it('of a file with its name and size only', async () => {
    await bot.ok('sendPhoto', { chat_id: ana, caption: 'c' }, { photo: ['a b.png', picture(8, 8, 123)] })
    expect((await bot.lastCall())?.params).toEqual({
      chat_id: '7',
      caption: 'c',
      photo: { file: 'a b.png', bytes: 123 },
    })
  })

  it('and found by its method in any case, and by its chat', async () => {
    await bot.ok('sendMessage', say)
    await bot.ok('sendMessage', { ...say, chat_id: luis })
    await bot.ok('getMe')
    expect(await bot.control.calls({ method: 'SENDMESSAGE', chatId: luis })).toMatchObject([
      { method: 'sendMessage', params: { chat_id: luis } },
    ])
    expect(await bot.control.calls()).toHaveLength(3)
  })

  it('unless it asks for updates and gets them, which happens all the time', async () => {
    await bot.updates()
    expect(await bot.control.calls()).toEqual([])
    await bot.control.fail({ method: 'getUpdates', error: { status: 409, description: 'Conflict: x' } })
    await bot.call('getUpdates')
    expect(await bot.control.calls()).toMatchObject([{ method: 'getUpdates', status: 409 }])
  })

  it('whatever it is, known or not', async () => {
    await bot.call('sendNothing', { a: 1 })
    await bot.call('sendInvoice')
    expect(await bot.control.calls()).toMatchObject([
      { method: 'sendNothing', params: { a: 1 }, status: 404 },
      { method: 'sendInvoice', status: 501 },
    ])
  })
})

describe('a fault', () => {
  const error = { status: 502, description: 'Bad Gateway' }

  it('answers in place of the method', async () => {
    const fault = await bot.control.fail({ method: 'SENDMESSAGE', error })
    expect(await bot.call('sendMessage', say)).toMatchObject({
      status: 502,
      body: { ok: false, error_code: 502, description: 'Bad Gateway' },
    })
    expect(await bot.lastCall()).toMatchObject({
      status: 502,
      fault: fault.id,
      response: { error_code: 502 },
    })
    await bot.ok('sendMessage', say)
    expect(await texts()).toEqual(['x'])
  })

  it('may say how long to wait, in the body and in the headers', async () => {
    const description = 'Too Many Requests: retry after 12'
    await bot.control.fail({ error: { status: 429, description, retryAfter: 12 } })
    const { status, headers, body } = await bot.call('sendMessage', say)
    expect([status, headers.get('retry-after')]).toEqual([429, '12'])
    expect(body).toEqual({ ok: false, error_code: 429, description, parameters: { retry_after: 12 } })
  })

  it('may be a page of HTML, as from a server in between', async () => {
    await bot.control.fail({ error: { ...error, html: true } })
    const response = await fetch(bot.addressOf('getMe'))
    expect([response.status, response.headers.get('content-type')]).toEqual([
      502,
      expect.stringContaining('text/html'),
    ])
    expect(await response.text()).toContain('<h1>502</h1>')
  })

  it('may be a late answer', async () => {
    await bot.control.fail({ error: { delayMs: 40 } })
    const from = performance.now()
    await bot.ok('sendMessage', say)
    expect(performance.now() - from).toBeGreaterThanOrEqual(39)
  })

  it('may cut the connection before anything is done', async () => {
    await bot.control.fail({ error: 'reset-before' })
    await expect(bot.call('sendMessage', say)).rejects.toThrow('fetch failed')
    expect(await texts()).toEqual([])
    expect(await bot.lastCall()).toMatchObject({
      method: 'sendMessage',
      params: say,
      status: 0,
      response: null,
    })
  })

  it('may cut it when all is done, so that nobody knows', async () => {
    await bot.control.fail({ error: 'reset-after' })
    await expect(bot.call('sendMessage', say)).rejects.toThrow('fetch failed')
    expect(await texts()).toEqual(['x'])
    expect(await bot.lastCall()).toMatchObject({ status: 0, response: { ok: true, result: { text: 'x' } } })
  })

  it('may leave the bot waiting, with nothing done', async () => {
    await bot.control.fail({ error: 'half-open' })
    const patience = new AbortController()
    const request = fetch(bot.addressOf('sendMessage?chat_id=7&text=x'), { signal: patience.signal })
    await expect.poll(async () => (await bot.lastCall())?.status).toBe(0)
    patience.abort(new Error('no answer'))
    await expect(request).rejects.toThrow('no answer')
    expect(await texts()).toEqual([])
    await bot.ok('sendMessage', say)
  })

  it('strikes calls to its chat only, however the chat is given', async () => {
    await bot.control.fail({ chatId: luis, times: null, error })
    await bot.ok('sendMessage', say)
    await bot.ok('getMe')
    expect((await bot.call('sendMessage', { ...say, chat_id: luis })).status).toBe(502)
    expect((await fetch(bot.addressOf(`getChat?chat_id=${luis}`))).status).toBe(502)
    expect((await bot.call('sendPhoto', { chat_id: luis }, { photo: ['a.png', picture()] })).status).toBe(502)
    await bot.control.clearFaults()
    await bot.ok('sendMessage', { ...say, chat_id: luis })
  })

  it('of half-open does not keep the emulator from closing', async () => {
    await bot.control.fail({ error: 'half-open' })
    const request = fetch(bot.addressOf('getMe'))
    await expect.poll(async () => (await bot.lastCall())?.status).toBe(0)
    await bot.emulator.close()
    await expect(request).rejects.toThrow('fetch failed')
  })

  it('strikes getUpdates as well', async () => {
    await bot.control.fail({ method: 'getUpdates', error: { status: 409, description: 'Conflict: x' } })
    expect((await bot.call('getUpdates')).body.description).toBe('Conflict: x')
  })
})
