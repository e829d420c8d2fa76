import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator, type Emulator } from '@kamihi/telegram-emulator'
import { TelegramError } from 'telegraf'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { KamihiTelegram } from '../../src/telegram/client.ts'

let emulator: Emulator
let client: KamihiTelegram
beforeAll(async () => {
  emulator = await createEmulator({ port: 0, limits: false })
  client = new KamihiTelegram(emulator.token, { apiRoot: emulator.url })
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.addUser({ id: 7, firstName: 'Ana' })
})
const lastCall = async () => (await emulator.control.calls()).at(-1)

/** The answers of a Bot API of the test's own. */
async function clientOf(
  answer: RequestListener,
  options: { testEnv?: boolean } = {},
): Promise<KamihiTelegram> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return new KamihiTelegram('1:x', { apiRoot: `http://127.0.0.1:${port}`, ...options }, { answerMs: 5000 })
}

describe('a call', () => {
  it('goes as JSON, with nothing where a caller left null, and gives the result', async () => {
    const keyboard = {
      inline_keyboard: [[{ text: 'Docs', url: 'https://example.org', callback_data: null }]],
    }
    const payload = { chat_id: 7, text: 'Hello', parse_mode: null, reply_markup: keyboard }
    expect(await client.callApi('sendMessage', payload as never)).toMatchObject({ text: 'Hello' })
    expect((await lastCall())?.params).toEqual({
      chat_id: 7,
      text: 'Hello',
      reply_markup: { inline_keyboard: [[{ text: 'Docs', url: 'https://example.org' }]] },
    })
  })

  it('that Telegram refuses throws its code, words and parameters', async () => {
    const parameters = { retry_after: 3 }
    await emulator.control.fail({
      error: { status: 429, description: 'Too Many Requests: retry after 3', retryAfter: 3 },
    })
    const refused = await client.sendMessage(7, 'Hello').catch((error) => error)
    expect(refused).toBeInstanceOf(TelegramError)
    expect(refused).toMatchObject({ code: 429, parameters })
  })

  it('with a file goes as a form', async () => {
    await client.sendDocument(7, { source: Buffer.from('a,b'), filename: 'table.csv' })
    await client.sendMediaGroup(7, [
      { type: 'document', media: { source: Buffer.from('abc'), filename: 'one.txt' } },
      { type: 'document', media: { source: Buffer.from('abcd'), filename: 'two.txt' } },
    ])
    const [document, group] = await emulator.control.calls()
    expect(document?.params.document).toEqual({ file: 'table.csv', bytes: 3 })
    expect(group).toMatchObject({ method: 'sendMediaGroup', status: 200 })
  })

  it('speaks to the test environment of Telegram where that is wanted', async () => {
    const paths: (string | undefined)[] = []
    const testing = await clientOf(
      (request, response) => {
        paths.push(request.url)
        response.end('{"ok":true,"result":{}}')
      },
      { testEnv: true },
    )
    await testing.getMe()
    expect(paths).toEqual(['/bot1:x/test/getMe'])
  })

  it('that a gateway answers with a page of its own throws the status, or that this is no answer', async () => {
    const [bad, page] = await Promise.all(
      [502, 200].map(async (status) => {
        const answering = await clientOf((_, response) => {
          response.writeHead(status, 'Bad Gateway').end('<html>Come back later</html>')
        })
        return answering.getMe().catch((error) => error)
      }),
    )
    expect(bad).toMatchObject({ code: 502, description: 'Bad Gateway' })
    expect(page).not.toBeInstanceOf(TelegramError)
    expect(page.message).toMatch(/^invalid json response: Unexpected token '?</)
  })

  it('ends when its signal is aborted, also one that was so before', async () => {
    const stop = new AbortController()
    let arrived = () => {}
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const silent = await clientOf(() => arrived())
    const signal = stop.signal as never
    const waiting = silent.callApi('getUpdates', {}, { signal }).catch((error) => error)
    await isThere
    stop.abort(new Error('The bot stops.'))
    expect(await waiting).toMatchObject({ message: 'The bot stops.' })
    await expect(silent.callApi('getUpdates', {}, { signal })).rejects.toThrow('The bot stops.')
  })

  it('never shows the token in its error', async () => {
    const away = new KamihiTelegram('1:secret', { apiRoot: 'http://127.0.0.1:1' })
    const error = await away.getMe().catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('secret')
  })
})
