import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createControlClient, createEmulator, type Emulator } from '../src/index.ts'

let emulator: Emulator
beforeEach(async () => {
  emulator = await createEmulator({ port: 0 })
})
afterEach(() => emulator.close())

const status = async (path: string, headers: Record<string, string>, method = 'POST') =>
  (await fetch(`${emulator.url}${path}`, { method, headers })).status

describe('the server', () => {
  it('is driven from another process by the same control', async () => {
    const remote = createControlClient(emulator.url)
    await remote.addUser({ id: 9, firstName: 'Mei' })
    await remote.say(9, 'hello')
    expect((await remote.messages(9)).map((message) => message.text)).toEqual(['hello'])
    await expect(remote.say(1, 'x')).rejects.toThrow('There is no person 1')
  })

  it('says what is wrong with the arguments of a control call, and what was given', async () => {
    const remote = createControlClient(emulator.url)
    await expect(remote.say('Ana' as never, 'x')).rejects.toThrow(
      'say: /userId expected integer (Telegram id of a person); given: "Ana".',
    )
    await expect(remote.advance(-5)).rejects.toThrow(
      'advance: /ms expected number to be greater or equal to 0 (Milliseconds)',
    )
  })

  it('describes its control calls by OpenAPI', async () => {
    const document = (await (await fetch(`${emulator.url}/_emu/openapi.json`)).json()) as {
      openapi: string
      paths: Record<
        string,
        { post: { requestBody: { content: Record<string, { schema: { required: string[] } }> } } }
      >
    }
    expect(document.openapi).toBe('3.1.0')
    const say = document.paths['/_emu/say']?.post.requestBody.content['application/json']?.schema
    expect(say?.required).toEqual(['userId', 'text'])
  })

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['a page whose browser says only its origin', { origin: 'http://evil.example' }],
    ['another name for this machine', { host: 'evil.example' }],
  ])('refuses to be driven by %s', async (_, headers) => {
    const { hostname, port } = new URL(emulator.url)
    const { request } = await import('node:http')
    const answer = await new Promise<number | undefined>((resolve) =>
      request({ hostname, port, path: '/_emu/reset', method: 'POST', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end(),
    )
    expect(answer).toBe(421)
  })

  it('lets its own page in', async () => {
    expect(await status('/_emu/users', { origin: emulator.url, 'sec-fetch-site': 'same-origin' })).toBe(200)
  })

  it('says in one sentence that its port is taken, and when the host or the token is wrong', async () => {
    const port = Number(new URL(emulator.url).port)
    await expect(createEmulator({ port })).rejects.toThrow(
      `Port ${port} is taken, so the Telegram emulator cannot start. Stop the other program, or choose another port.`,
    )
    await expect(createEmulator({ port, portSetting: '--port 5000' })).rejects.toThrow(
      'choose another port: --port 5000.',
    )
    await expect(createEmulator({ host: '0.0.0.0', port: 0 })).rejects.toThrow('loopback only')
    await expect(createEmulator({ token: '1:x', port: 0 })).rejects.toThrow('A token is a number')
    await expect(createEmulator({ seedFile: '/nowhere.json', port: 0 })).rejects.toThrow(
      'There is no seed file /nowhere.json.',
    )
  })

  it('listens where others can reach it only when told so by name', async () => {
    await using exposed = await createEmulator({ host: '0.0.0.0', exposed: true, port: 0 })
    expect(
      await (await fetch(`${exposed.url.replace('0.0.0.0', '127.0.0.1')}/_emu/openapi.json`)).json(),
    ).toBeDefined()
  })

  it('has a token of the form that bots expect', () => {
    expect(emulator.token).toMatch(/^\d+:[\w-]{35}$/)
  })

  it('gives files to its page so that none of them can run there', async () => {
    await emulator.control.addUser({ id: 7, firstName: 'Ana' })
    const base64 = Buffer.from('<script>alert(1)</script>').toString('base64')
    const { media } = await emulator.control.sendDocument(7, { name: 'x.html', base64 })
    const id = media?.kind === 'document' ? media.document.file_id : ''
    const { headers } = await fetch(`${emulator.url}/_emu/files/${id}`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('a link from another site', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }

  it('may lead to the chat page', async () => {
    expect([200, 404]).toContain(await status('/?person=7', link, 'GET'))
  })

  it.each(['/bot', '/%62ot', '/_emu/', '/%5femu/', '/file/bot'])(
    'may lead to nothing that begins with %s',
    async (path) => {
      const answer = await status(`${path}${emulator.token}/sendMessage?chat_id=7&text=x`, link, 'GET')
      expect(answer).toBe(421)
    },
  )
})

describe('what a control call is given', () => {
  const post = async (name: string, body: string) =>
    (
      await fetch(`${emulator.url}/_emu/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    ).json()

  it('is refused in one form, readable or not', async () => {
    expect(await post('users', '{bad')).toEqual({ error: expect.stringContaining('JSON') })
    expect(await post('fail', '{"fault":{"metod":"getMe","error":"reset-before"}}')).toEqual({
      error: expect.stringContaining('/fault/metod unexpected property'),
    })
    expect(await post('fail', '{"fault":{"method":"sendMesage","error":"reset-before"}}')).toEqual({
      error: 'The Bot API has no method sendMesage, so nothing would ever fail.',
    })
    expect(await post('setLimits', '{"limits":{"foo":{"most":1,"perMs":1}}}')).toHaveProperty('error')
    expect(await post('advance', '{"ms":1e300}')).toEqual({
      error: expect.stringContaining('The clock ends'),
    })
  })
})

describe('what is recorded', () => {
  it('of a big call is the beginning of each text, and a call that nests deeply harms nobody', async () => {
    await emulator.control.addUser({ id: 7, firstName: 'Ana' })
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const answer = await fetch(`${emulator.url}/bot${emulator.token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"chat_id":7,"text":"hi","more":"${'x'.repeat(1000)}","deep":${deep}}`,
    })
    expect(answer.status).toBe(200)
    const [call] = await createControlClient(emulator.url).calls()
    expect(call?.params).toEqual({ chat_id: 7, text: 'hi', more: `${'x'.repeat(200)}…`, deep: '…' })
  })

  it('is there when the message that it sent has been waited for', async () => {
    const { control } = emulator
    await control.addUser({ id: 7, firstName: 'Ana' })
    const sending = fetch(`${emulator.url}/bot${emulator.token}/sendMessage?chat_id=7&text=hi`)
    await control.waitForMessage(7, ({ text }) => text === 'hi')
    expect(await control.calls({ method: 'sendMessage' })).toHaveLength(1)
    await sending
  })
})
