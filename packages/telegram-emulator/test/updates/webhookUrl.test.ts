import { describe, expect, it } from 'vitest'
import { addressOf, checkWebhook, parseWebhookUrl, readSettings } from '../../src/updates/webhookUrl.ts'

describe('the URL of a webhook', () => {
  it.each([
    ['https://example.com/hook?a=1', 'https://example.com/hook?a=1'],
    ['HTTP://127.0.0.1:8081', 'http://127.0.0.1:8081/'],
    ['example.com:8443/hook', 'https://example.com:8443/hook'],
    ['http://[::1]:3000/', 'http://[::1]:3000/'],
  ])('%s means %s', (text, href) => {
    expect(parseWebhookUrl(text)?.href).toBe(href)
  })

  it.each([
    'ftp://example.com',
    'https://',
    'https://example.com:0/',
    'https://example.com:99999',
    'https://exa mple.com',
    'mailto:me',
  ])('%s is none', (text) => {
    expect(parseWebhookUrl(text)).toBeNull()
  })
})

describe('settings', () => {
  const check = (params: object) => () =>
    checkWebhook(readSettings({ url: 'https://example.com', ...params }))

  it.each([
    ['invalid webhook URL specified', { url: 'gopher://x' }],
    ['secret token is too long', { secret_token: 'a'.repeat(257) }],
    ['secret token contains unallowed characters', { secret_token: 'a b' }],
    ['bad webhook: Invalid IP address specified', { ip_address: '1.2.3' }],
  ])('are refused: %s', (message, params) => {
    expect(check(params)).toThrow(
      expect.objectContaining({ status: 400, message: `Bad Request: ${message}` }),
    )
  })

  it('are fine with every allowed character of a secret, 256 of them', () => {
    expect(check({ secret_token: 'aZ09_-aZ'.repeat(32) })).not.toThrow()
  })

  it.each([
    [undefined, 40],
    [1, 1],
    [0, 1],
    [5000, 100],
  ])('take max_connections %s for %i', (max_connections, maxConnections) => {
    const params = max_connections === undefined ? {} : { max_connections }
    expect(readSettings({ url: 'x', ...params }).maxConnections).toBe(maxConnections)
  })
})

it.each([
  ['http://127.0.0.1/', undefined, '127.0.0.1'],
  ['http://[::1]/', undefined, '::1'],
  ['http://localhost/', undefined, '127.0.0.1'],
  ['https://example.com/', undefined, '<unknown>'],
  ['https://example.com/', '10.0.0.1', '10.0.0.1'],
])('the address of %s with ip_address %s is shown as %s', (url, ip, address) => {
  expect(addressOf(readSettings({ url, ...(ip ? { ip_address: ip } : {}) }))).toBe(address)
})
