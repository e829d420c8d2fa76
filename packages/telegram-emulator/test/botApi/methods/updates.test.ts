import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ana, setupBot } from '../bot.ts'

const bot = setupBot()

// `answerCall` in emulator.ts goes past the record and past the faults
describe('a method in the answer of a webhook', () => {
  it('is recorded as any other call', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ method: 'sendMessage', chat_id: ana, text: 'Answer' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await bot.ok('setWebhook', { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
    await bot.control.say(ana, 'Hi')
    await bot.control.waitForMessage(ana, ({ text }) => text === 'Answer')
    server.close()
    await expect.poll(() => bot.control.calls({ method: 'sendMessage' })).toHaveLength(1)
  })
})

describe('updates', () => {
  const url = 'http://127.0.0.1:1/hook'
  const webhookActive =
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"

  it('come one way at a time', async () => {
    expect((await bot.call('setWebhook', { url })).body).toEqual({
      ok: true,
      result: true,
      description: 'Webhook was set',
    })
    expect(await bot.call('getUpdates')).toMatchObject({ status: 409, body: { description: webhookActive } })
    expect((await bot.call('deleteWebhook')).body.description).toBe('Webhook was deleted')
    expect(await bot.updates()).toEqual([])
  })

  it('are not sent elsewhere more than once a second', async () => {
    await bot.ok('setWebhook', { url })
    const { status, headers, body } = await bot.call('setWebhook', { url: `${url}/2` })
    expect([status, headers.get('retry-after'), body.parameters]).toEqual([429, '1', { retry_after: 1 }])
  })

  it('end when another asks for them', async () => {
    let ended = false
    const first = bot.call('getUpdates', { timeout: 50 }).finally(() => {
      ended = true
    })
    await expect.poll(async () => (await bot.call('getUpdates')) && ended).toBe(true)
    expect((await first).body).toEqual({
      ok: false,
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    })
  })

  // Client.cpp, `get_allowed_update_types`: what cannot be read changes nothing
  it.each(['{', '5', '[5]'])('are not refused for kinds that are %s', async (allowed_updates) => {
    await bot.ok('getUpdates', { allowed_updates })
  })
})
