import { connect } from 'node:net'
import { eventsPath } from '@kamihi/contracts'
import { expect, it } from 'vitest'
import { browser, startTestApi } from '../api.ts'

it('a bot stops though somebody who read live events has gone without a word', async () => {
  const api = await startTestApi()
  const authorization = `Bearer ${await api.token('viewer')}`
  const stream = await api.fetch(eventsPath, { headers: { authorization } })
  await stream.body?.cancel()
  await expect(api.kamihi.stop()).resolves.toBeUndefined()
  await expect(api.fetch('/healthz')).rejects.toThrow()
})

it('streams that were asked for on one connection all end with it', async () => {
  const api = await startTestApi()
  await browser(api, 'owner')
  const viewer = await api.as('viewer')
  const open = async () => (await viewer.getHealth()).streams.open
  const { port, host } = new URL(api.url)
  const ask = `GET ${eventsPath} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${await api.token('viewer')}\r\n\r\n`
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(ask.repeat(5))
  await expect.poll(open, { timeout: 30_000 }).toBe(5)
  socket.destroy()
  await expect.poll(open, { timeout: 30_000 }).toBe(0)
})

it('who comes back with a place that the server does not know is told to ask anew, and may go on from there', async () => {
  const api = await startTestApi()
  const authorization = `Bearer ${await api.token('viewer')}`
  const readFrom = async (place: string) => {
    const abort = new AbortController()
    const headers = { authorization, 'last-event-id': place }
    const stream = await api.fetch(eventsPath, { headers, signal: abort.signal })
    const reader = (stream.body as ReadableStream<Uint8Array>)
      .pipeThrough(new TextDecoderStream())
      .getReader()
    let text = ''
    while (!text.includes('\ndata: ')) text += (await reader.read()).value ?? ''
    abort.abort()
    return text
  }
  const told = await readFrom('1764200000000')
  const place = /^id: (.+)\nevent: resync\ndata: \{\}$/m.exec(told)?.[1] ?? ''
  api.kamihi.events.emit({ type: 'users.changed', ids: ['u'] })
  expect(await readFrom(place)).toMatch(/^event: users\.changed\ndata: .*"ids":\["u"\]/m)
})
