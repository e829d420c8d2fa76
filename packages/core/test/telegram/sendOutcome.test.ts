import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createEmulator, type Emulator, type EmulatorControl } from '@kamihi/telegram-emulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { SendOutcome } from '../../src/index.ts'
import type { Timeouts } from '../../src/telegram/client.ts'
import { part, senderOn } from './senderOn.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ port: 0, limits: false })
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await emulator.control.reset()
  await emulator.control.addUser({ id: 7, firstName: 'Ana' })
})

/** What becomes of a message to Ana, or to another chat. */
async function outcomeOf(
  { chatId = 7, text = 'Hello' }: { chatId?: number; text?: string } = {},
  to: { url: string; token: string } = emulator,
  timeouts: Timeouts = {},
): Promise<SendOutcome> {
  const { send, soon } = senderOn(to, { timeouts })
  return soon(send(chatId, { ...part, text }, { lane: 'reply' }))
}

const received = async (): Promise<number> =>
  (await emulator.control.messages(7)).filter(({ from }) => from === 'bot').length

type Arrange = (people: EmulatorControl) => Promise<unknown>

const unreachable = (reachability: string, message: RegExp) => ({
  kind: 'unreachable',
  reachability,
  message: expect.stringMatching(message),
})

describe('an answer of Telegram', () => {
  it.each<[string, Arrange, { chatId?: number; text?: string }, object]>([
    ['that all is well', async () => {}, {}, { kind: 'sent', messageId: 1 }],
    [
      'that the person blocked the bot',
      (people) => people.block(7),
      {},
      unreachable('blocked', /blocked by the user/),
    ],
    [
      'that the person deleted their account',
      (people) => people.deactivate(7),
      {},
      unreachable('deactivated', /deactivated/),
    ],
    [
      'that the person never pressed Start',
      (people) => people.addUser({ id: 8, firstName: 'Luis', started: false }),
      { chatId: 8 },
      unreachable('not_started', /initiate conversation/),
    ],
    [
      'that there is no such chat',
      async () => {},
      { chatId: 99 },
      unreachable('not_found', /chat not found/),
    ],
    [
      'that the bot was removed from the group',
      async (people) => {
        await people.addChat({ id: -5, title: 'Team', members: [7] })
        await people.setBotStatus(-5, 'kicked')
      },
      { chatId: -5 },
      unreachable('blocked', /kicked/),
    ],
    [
      'that the group has become a supergroup',
      async (people) => {
        await people.addChat({ id: -5, title: 'Team', members: [7] })
        await people.migrate(-5)
      },
      { chatId: -5 },
      { kind: 'migrated', chatId: expect.toSatisfy((id: number) => id < -5) },
    ],
    ['that the text is empty', async () => {}, { text: '' }, rejected(/empty/)],
    ['that the text is too long', async () => {}, { text: 'x'.repeat(4097) }, rejected(/too long/)],
  ])('%s says what becomes of the message', async (_, arrange, message, outcome) => {
    await arrange(emulator.control)
    expect(await outcomeOf(message)).toEqual(outcome)
  })

  it.each<[number, string, object, { html?: boolean; retryAfter?: number }?]>([
    [429, 'Too Many Requests: retry after 17', { kind: 'retry_after', seconds: 17 }, { retryAfter: 17 }],
    [
      429,
      'Too Many Requests: retry after 10072',
      { kind: 'retry_after', seconds: 10_072 },
      { retryAfter: 10_072 },
    ],
    [429, 'Too Many Requests', { kind: 'retry_after', seconds: 1 }],
    [400, "Bad Request: can't parse entities: Can't find end of Bold entity", rejected(/parse entities/)],
    [400, 'Bad Request: message is too long', rejected(/too long/)],
    [400, 'Bad Request: PEER_ID_INVALID', unreachable('not_found', /PEER_ID_INVALID/)],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', unreachable('blocked', /CHAT_WRITE_FORBIDDEN/)],
    [
      400,
      'Bad Request: not enough rights to send text messages to the chat',
      unreachable('blocked', /rights/),
    ],
    [403, "Forbidden: bot can't send messages to bots", unreachable('blocked', /to bots/)],
    [401, 'Unauthorized', { kind: 'unauthorized', message: 'Unauthorized' }],
    [404, 'Not Found', { kind: 'unauthorized', message: 'Not Found' }],
    [409, 'Conflict', { kind: 'unavailable', message: 'Conflict' }],
    [500, 'Internal Server Error', { kind: 'unavailable', message: expect.any(String) }],
    [502, 'Bad Gateway', { kind: 'unavailable', message: expect.any(String) }, { html: true }],
    [503, 'Service Unavailable', { kind: 'unavailable', message: expect.any(String) }],
    [504, 'Gateway Timeout', { kind: 'ambiguous', message: expect.any(String) }, { html: true }],
    // A page of a proxy is no word of Telegram about this person.
    [403, 'Forbidden', { kind: 'unavailable', message: expect.any(String) }, { html: true }],
    [429, 'Too Many Requests', { kind: 'unavailable', message: expect.any(String) }, { html: true }],
  ])('%i "%s" is classed, and nothing arrives', async (status, description, outcome, more = {}) => {
    await emulator.control.fail({ method: 'sendMessage', error: { status, description, ...more } })
    expect(await outcomeOf()).toEqual(outcome)
    expect(await received()).toBe(0)
  })

  it('that it does not know the token is about the token, not about the person', async () => {
    const token = '1000000001:another-token-of-thirty-five-letters'
    expect(await outcomeOf({}, { url: emulator.url, token })).toEqual({
      kind: 'unauthorized',
      message: 'Unauthorized',
    })
  })
})

describe('a connection', () => {
  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ] as const)('that ends by %s leaves open whether the message arrived', async (error, arrived) => {
    await emulator.control.fail({ method: 'sendMessage', error })
    expect(await outcomeOf()).toMatchObject({ kind: 'ambiguous' })
    expect(await received()).toBe(arrived)
  })

  it.each([['half-open'], [{ delayMs: 5000 }]] as const)(
    'that is %s leaves it open too, and is not waited for longer than an answer takes',
    async (error) => {
      await emulator.control.fail({ method: 'sendMessage', error })
      expect(await outcomeOf({}, emulator, { answerMs: 300 })).toEqual({
        kind: 'ambiguous',
        message: 'Telegram did not answer within 0.3 s.',
      })
    },
  )

  it('that is refused has written nothing', async () => {
    const url = await serve(createServer())
    await closed(url)
    expect(await outcomeOf({}, { url, token: emulator.token })).toMatchObject({ kind: 'unavailable' })
  })

  it('to a name that there is not has written nothing', async () => {
    const url = 'http://no-such-host.invalid'
    expect(await outcomeOf({}, { url, token: emulator.token })).toMatchObject({ kind: 'unavailable' })
  })

  it('that does not come about in time has written nothing', async () => {
    // Takes the connection and never speaks TLS.
    const url = (await serve(createTcpServer())).replace('http:', 'https:')
    expect(await outcomeOf({}, { url, token: emulator.token }, { connectMs: 300 })).toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/Connect Timeout Error/),
    })
  })

  it('to a server that speaks no TLS has written nothing', async () => {
    const url = (await serve(createServer())).replace('http:', 'https:')
    expect(await outcomeOf({}, { url, token: emulator.token })).toMatchObject({ kind: 'unavailable' })
  })

  it.each<[string, RequestListener]>([
    [
      'cut in the middle of the answer',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
        response.write('{"ok":tr')
        setTimeout(() => response.destroy(), 20)
      },
    ],
    ['answered with half of a JSON', (_, response) => response.end('{"ok":tr')],
    ['answered with nothing', (_, response) => response.end()],
  ])('%s leaves open whether the message arrived', async (_, listener) => {
    const url = await serve(createServer(listener))
    // The client does not notice a cut within the answer; the time is what ends it.
    const outcome = await outcomeOf({}, { url, token: emulator.token }, { answerMs: 1000 })
    expect(outcome).toMatchObject({ kind: 'ambiguous' })
  })

  it('answered with a page of a proxy did not reach Telegram', async () => {
    const url = await serve(createServer((_, response) => response.end('<html><body>Log in</body></html>')))
    expect(await outcomeOf({}, { url, token: emulator.token })).toMatchObject({ kind: 'unavailable' })
  })

  it('never shows the token in what is said about it', async () => {
    const url = await serve(createServer())
    await closed(url)
    expect(JSON.stringify(await outcomeOf({}, { url, token: emulator.token }))).not.toContain(
      emulator.token.slice(12),
    )
  })
})

function rejected(message: RegExp): object {
  return { kind: 'rejected', message: expect.stringMatching(message) }
}

const servers = new Map<string, () => Promise<void>>()

/** A server of any kind on a free port, ended with the test. */
async function serve(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  servers.set(url, async () => {
    servers.delete(url)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  onTestFinished(() => closed(url))
  return url
}

async function closed(url: string): Promise<void> {
  await servers.get(url)?.()
}
