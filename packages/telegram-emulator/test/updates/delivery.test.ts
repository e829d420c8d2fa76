import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WebhookParams } from '../../src/updates/webhook.ts'
import { setupWebhook, startReceiver } from './receiver.ts'

const HOUR = 3_600_000

let receiver: Awaited<ReturnType<typeof startReceiver>>
let emulated: ReturnType<typeof setupWebhook>

beforeEach(async () => {
  receiver = await startReceiver()
  emulated = setupWebhook()
})
afterEach(async () => {
  await emulated.webhook.close()
  await receiver.close()
})

const set = (params: WebhookParams = {}) => emulated.webhook.set({ url: receiver.url, ...params })
const errorMessage = () => emulated.webhook.info().last_error_message

describe('an update', () => {
  it('is posted as JSON with the secret, and is done with when it is accepted', async () => {
    set({ secret_token: 's3cret' })
    emulated.message(5)
    const { path, headers, update, answer } = await receiver.next()
    expect(path).toBe('POST /hook')
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': 's3cret',
    })
    expect(update).toEqual({ update_id: 1, message: { chat: { id: 5 } } })
    answer(204)
    expect(await emulated.nextRemoval()).toBe(1)
    expect(emulated.queue.pending()).toBe(0)
    expect(errorMessage()).toBeUndefined()
  })

  it('goes without a secret when there is none, and with the credentials of the URL', async () => {
    set({ url: `http://bot:pass@${receiver.host}/` })
    emulated.message()
    const { headers } = await receiver.next()
    expect(headers).not.toHaveProperty('x-telegram-bot-api-secret-token')
    expect(headers.authorization).toBe(`Basic ${Buffer.from('bot:pass').toString('base64')}`)
  })

  it('that came before the webhook was set is sent as well', async () => {
    emulated.message()
    set()
    expect((await receiver.next()).id).toBe(1)
  })

  it('that left the queue meanwhile is not sent', async () => {
    set()
    for (let i = 0; i < 3; i++) emulated.message()
    const first = await receiver.next()
    emulated.queue.remove(2)
    first.answer()
    expect((await receiver.next()).id).toBe(3)
  })
})

describe('order', () => {
  it('is kept within a chat: one is sent after the other', async () => {
    set()
    for (let i = 0; i < 4; i++) emulated.message()
    for (const id of [1, 2, 3, 4]) {
      const request = await receiver.next()
      expect(request.id).toBe(id)
      request.answer()
    }
    expect(receiver.mostOpen()).toBe(1)
  })

  it('is not kept between chats, of which max_connections are served at a time', async () => {
    let started = 0
    emulated = setupWebhook({
      fetch(...request) {
        started += 1
        return fetch(...request)
      },
    })
    set({ max_connections: 2 })
    for (const chat of [1, 2, 3, 4]) emulated.message(chat)
    expect(started).toBe(2)
    const one = await receiver.next()
    const other = await receiver.next()
    other.answer()
    expect(await emulated.nextRemoval()).toBe(other.id)
    const third = await receiver.next()
    expect([third.id, started]).toEqual([3, 3])
    third.answer()
    one.answer()
    ;(await receiver.next()).answer()
    const done = [1, 2, 3].map(() => emulated.nextRemoval())
    expect(await Promise.all(done)).toHaveLength(3)
  })

  it('lasts over more than a thousand updates of one chat', async () => {
    const ids: number[] = []
    emulated = setupWebhook({
      async fetch(_, request) {
        ids.push(JSON.parse(String(request?.body)).update_id)
        return new Response()
      },
    })
    set()
    for (let i = 0; i < 1100; i++) emulated.message()
    while (emulated.queue.pending() > 0) await emulated.nextRemoval()
    expect(ids).toEqual(Array.from({ length: 1100 }, (_, i) => i + 1))
  })
})

describe('an update that is refused', () => {
  const refuse = async (headers = {}) => (await receiver.next()).answer(500, 'oops', headers)

  it('shows in getWebhookInfo', async () => {
    set()
    emulated.message()
    await refuse()
    await emulated.nextWait()
    expect(emulated.webhook.info()).toMatchObject({
      pending_update_count: 1,
      last_error_date: 1_700_000_000,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    })
  })

  it('is sent again at once, then after 2, 4 and 8 seconds', async () => {
    set()
    emulated.message()
    for (const wait of [0, 2, 4, 8]) {
      await refuse()
      expect(await emulated.nextWait()).toBe(wait)
      emulated.clock.advance(wait * 1000)
    }
    const last = await receiver.next()
    expect(last.id).toBe(1)
    last.answer()
    await emulated.nextRemoval()
    emulated.message()
    await refuse()
    expect(await emulated.nextWait()).toBe(0)
  })

  it('is sent again when the webhook asks for it', async () => {
    set()
    emulated.message()
    await refuse({ 'retry-after': '90' })
    expect(await emulated.nextWait()).toBe(90)
    emulated.clock.advance(89_999)
    expect(receiver.waiting()).toBe(0)
    emulated.clock.advance(1)
    expect((await receiver.next()).id).toBe(1)
  })

  it('holds up its own chat only', async () => {
    set()
    emulated.message(1)
    await refuse({ 'retry-after': '90' })
    await emulated.nextWait()
    emulated.message(1)
    emulated.message(2)
    const other = await receiver.next()
    expect(other.id).toBe(3)
    other.answer()
    await emulated.nextRemoval()
    emulated.clock.advance(90_000)
    expect((await receiver.next()).id).toBe(1)
  })

  it('is dropped when it would be too old by the next time', async () => {
    set()
    emulated.queue.add({ callback_query: { id: '1', from: { id: 7 } } })
    await refuse({ 'retry-after': '151' })
    expect(await emulated.nextRemoval()).toBe(1)
    emulated.message()
    for (let hour = 0; hour < 24; hour++) {
      await refuse({ 'retry-after': '3600' })
      await emulated.nextWait()
      emulated.clock.advance(HOUR)
    }
    await refuse({ 'retry-after': '3600' })
    expect(await emulated.nextRemoval()).toBe(2)
    expect(emulated.queue.pending()).toBe(0)
  })

  it.each([
    [[410, 410], false],
    [[410, 500, 410], true],
  ])(
    'with %j, the last of them 23 hours later, leaves the webhook active: %s',
    async (statuses, isActive) => {
      set()
      emulated.message()
      for (const [index, status] of statuses.entries()) {
        const request = await receiver.next()
        if (index === statuses.length - 1) emulated.clock.advance(23 * HOUR + 1)
        request.answer(status)
        emulated.clock.advance((await emulated.nextWait()) * 1000)
      }
      expect(emulated.webhook.isActive()).toBe(isActive)
    },
  )
})

describe('an error is named as the server does', () => {
  const failsWith = async (params: WebhookParams, fail: () => Promise<void> = async () => {}) => {
    set(params)
    emulated.message()
    await fail()
    await emulated.nextWait()
    return errorMessage()
  }

  it('when a redirect is answered, which is not followed', async () => {
    const redirect = async () =>
      (await receiver.next()).answer(302, '', { location: `${receiver.url}/there` })
    expect(await failsWith({}, redirect)).toBe('Wrong response from the webhook: 302 Found')
  })

  it('when nobody listens', async () => {
    const gone = await startReceiver()
    await gone.close()
    expect(await failsWith({ url: gone.url })).toBe('Connection refused')
  })

  it('when the connection is closed without an answer', async () => {
    expect(await failsWith({}, async () => (await receiver.next()).hangUp())).toBe(
      'Webhook connection closed',
    )
  })

  it.each([
    ['Read timeout expired', new DOMException('late', 'TimeoutError')],
    [
      'Connection timed out',
      new TypeError('fetch failed', { cause: systemError('UND_ERR_CONNECT_TIMEOUT') }),
    ],
    [
      'SSL error {error:0A000086:SSL routines::certificate verify failed}',
      new TypeError('fetch failed', { cause: systemError('DEPTH_ZERO_SELF_SIGNED_CERT') }),
    ],
    ['something new', new TypeError('fetch failed', { cause: new Error('something new') })],
  ])('%s', async (message, error) => {
    emulated = setupWebhook({ fetch: () => Promise.reject(error) })
    expect(await failsWith({})).toBe(message)
  })
})

describe('an answer with a method', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const answerWith = async (body: string, headers: Record<string, string>) => {
    emulated.message()
    ;(await receiver.next()).answer(200, body, headers)
    await emulated.nextRemoval()
  }

  it('calls it, whatever comes of it', async () => {
    set()
    await answerWith('{"method":"sendMessage","chat_id":5,"text":"hi"}', json)
    expect(await emulated.nextCall()).toEqual(['sendMessage', { chat_id: 5, text: 'hi' }])
    await answerWith('method=sendChatAction&chat_id=5', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(await emulated.nextCall()).toEqual(['sendChatAction', { chat_id: '5' }])
  })

  it('is done with even when the method fails', async () => {
    emulated = setupWebhook({
      answerCall: () => {
        throw new Error('no such method')
      },
    })
    set()
    await answerWith('{"method":"sendNothing"}', json)
    await answerWith('', {})
    expect(emulated.queue.pending()).toBe(0)
  })

  it.each([
    ['{"method":"getMe"}', json],
    ['{"method":"SetWebhook"}', json],
    ['{"method":"deleteWebhook"}', json],
    ['{"method":"close"}', json],
    ['{"method":"logOut"}', json],
    ['{"method":5}', json],
    ['{"method":"sendMessage"', json],
    ['null', json],
    ['{"method":"sendMessage"}', { 'content-type': 'text/plain' }],
    ['ok', {}],
  ])('calls nothing for %s', async (body, headers) => {
    set()
    await answerWith(body, headers as Record<string, string>)
    await answerWith('{"method":"sendDice"}', json)
    expect(await emulated.nextCall()).toEqual(['sendDice', {}])
  })
})

describe('when the webhook changes', () => {
  it('what is on its way goes to the new one as well', async () => {
    set()
    emulated.message()
    await receiver.next()
    emulated.clock.advance(1000)
    set({ secret_token: 'new' })
    const again = await receiver.next()
    expect([again.id, again.headers['x-telegram-bot-api-secret-token']]).toEqual([1, 'new'])
  })

  it('the last error is forgotten', async () => {
    set()
    emulated.message()
    ;(await receiver.next()).answer(404)
    await emulated.nextWait()
    expect(errorMessage()).toBe('Wrong response from the webhook: 404 Not Found')
    emulated.webhook.remove({})
    expect(errorMessage()).toBeUndefined()
  })

  it('nothing is sent after it is closed, and what was on its way stays', async () => {
    set()
    emulated.message(1)
    await receiver.next()
    emulated.message(2)
    const waiting = await receiver.next()
    waiting.answer(500, '', { 'retry-after': '5' })
    await emulated.nextWait()
    await emulated.webhook.close()
    emulated.message(3)
    emulated.clock.advance(HOUR)
    expect([receiver.waiting(), emulated.queue.pending()]).toEqual([0, 3])
    expect(emulated.webhook.isActive()).toBe(false)
  })
})

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
