import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPolling } from '../../src/updates/polling.ts'
import { setupWebhook, startReceiver } from './receiver.ts'

const URL_A = 'https://a.example/hook'
const never = () => new Promise<Response>(() => {})

/** A webhook that sends nowhere. */
function setup() {
  const { webhook, clock, ...rest } = setupWebhook({ fetch: never })
  /** A second after the one before, as the server wants it. */
  const set = (params: Parameters<typeof webhook.set>[0]) => {
    clock.advance(1000)
    return webhook.set(params)
  }
  return { webhook, clock, set, ...rest }
}

describe('setWebhook', () => {
  it('says whether it changed anything', () => {
    const { webhook, set } = setup()
    expect(set({ url: URL_A })).toEqual({ result: true, description: 'Webhook was set' })
    expect(set({ url: URL_A }).description).toBe('Webhook is already set')
    expect(set({ url: URL_A, max_connections: 40 }).description).toBe('Webhook is already set')
    expect(set({ url: URL_A, max_connections: 2 }).description).toBe('Webhook was set')
    expect(set({ url: URL_A, max_connections: 2, secret_token: 'x' }).description).toBe('Webhook was set')
    expect(webhook.isActive()).toBe(true)
  })

  it('deletes the webhook when the URL is empty', () => {
    const { webhook, set } = setup()
    expect(set({ url: '' }).description).toBe('Webhook is already deleted')
    set({ url: URL_A })
    expect(set({}).description).toBe('Webhook was deleted')
    expect(webhook.isActive()).toBe(false)
  })

  it('takes a certificate as new each time', () => {
    const { webhook, set } = setup()
    const certificate = { filename: 'cert.pem' }
    set({ url: URL_A, certificate })
    expect(webhook.info().has_custom_certificate).toBe(true)
    expect(set({ url: URL_A, certificate }).description).toBe('Webhook was set')
    set({ url: URL_A, certificate: 'just text' })
    expect(webhook.info().has_custom_certificate).toBe(false)
  })

  it('may be called once a second, with whatever URL but none', () => {
    const { webhook, clock, set } = setup()
    set({ url: URL_A })
    const again = () => webhook.set({ url: URL_A })
    expect(again).toThrow(
      expect.objectContaining({
        status: 429,
        message: 'Too Many Requests: retry after 1',
        parameters: { retry_after: 1 },
      }),
    )
    expect(webhook.set({ url: '' }).description).toBe('Webhook was deleted')
    clock.advance(999)
    expect(again).toThrow()
    clock.advance(1)
    expect(again().description).toBe('Webhook was set')
  })

  it('ends the webhook before it even when it is refused', () => {
    const { webhook, set, message } = setup()
    set({ url: URL_A })
    message()
    expect(() => set({ url: 'gopher://x', drop_pending_updates: true })).toThrow(
      'Bad Request: invalid webhook URL specified',
    )
    expect(webhook.info()).toEqual({ url: '', has_custom_certificate: false, pending_update_count: 0 })
  })

  it('narrows the updates, also when nothing else changes', () => {
    const { queue, set } = setup()
    set({ url: URL_A, allowed_updates: ['poll'] })
    expect(queue.allowed()).toEqual(['poll'])
    expect(set({ url: URL_A, allowed_updates: ['message'] }).description).toBe('Webhook is already set')
    expect(queue.allowed()).toEqual(['message'])
  })

  it('ends the getUpdates that waits, and deleting does not', () => {
    const { webhook, conflicts, set } = setup()
    webhook.remove({})
    expect(conflicts).toEqual([])
    set({ url: URL_A })
    expect(conflicts).toEqual(['Conflict: terminated by setWebhook request'])
  })
})

describe('deleteWebhook', () => {
  it('says whether there was one', () => {
    const { webhook, set } = setup()
    set({ url: URL_A })
    expect(webhook.remove({}).description).toBe('Webhook was deleted')
    expect(webhook.remove({}).description).toBe('Webhook is already deleted')
  })

  it('drops what is pending when asked to, with a webhook or without', () => {
    const { webhook, queue, message } = setup()
    message()
    webhook.remove({})
    expect(queue.pending()).toBe(1)
    expect(webhook.remove({ drop_pending_updates: true }).description).toBe('Webhook is already deleted')
    expect(queue.pending()).toBe(0)
  })
})

it('getWebhookInfo shows how it was set', () => {
  const { webhook, message, set } = setup()
  set({ url: URL_A, max_connections: 7, ip_address: '10.0.0.1', allowed_updates: ['message'] })
  message()
  expect(webhook.info()).toEqual({
    url: URL_A,
    has_custom_certificate: false,
    pending_update_count: 1,
    max_connections: 7,
    ip_address: '10.0.0.1',
    allowed_updates: ['message'],
  })
})

describe('with getUpdates beside it', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.close())

  it('one at a time has the updates', async () => {
    const { queue, webhook, message } = setupWebhook({ endPolling: (error) => polling.end(error) })
    const polling = createPolling(queue, { webhookIsActive: webhook.isActive })
    const poll = () => polling.poll({ timeout: 50 }, () => {})

    const ended = expect(poll()).rejects.toThrow('Conflict: terminated by setWebhook request')
    webhook.set({ url: receiver.url })
    await ended
    message()
    const { id, hangUp } = await receiver.next()
    expect(id).toBe(1)
    await expect(poll()).rejects.toThrow("Conflict: can't use getUpdates method while webhook is active")
    webhook.remove({})
    hangUp()
    expect(await poll()).toHaveLength(1)
    await webhook.close()
  })
})
