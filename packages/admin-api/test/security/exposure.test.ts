import { describe, expect, it } from 'vitest'
import { checkExposure } from '../../src/security/exposure.ts'

const web = { host: 'localhost', publicUrl: null, insecure: false, trustedProxies: [] as string[] }

describe('the dashboard', () => {
  it.each(['localhost', '127.0.0.1', '::1'])('listens on %s without further ado', (host) => {
    expect(() => checkExposure({ ...web, host })).not.toThrow()
  })

  it.each([
    ['on all addresses, with no address that people use', { host: '0.0.0.0' }, /Set web\.public_url/],
    [
      'over http where others can read it',
      { host: '0.0.0.0', publicUrl: 'http://bot.example.org' },
      /Use https, or set web\.insecure/,
    ],
    [
      'behind TLS that it does not know of',
      { host: '0.0.0.0', publicUrl: 'https://bot.example.org' },
      /set web\.trusted_proxies/,
    ],
    [
      'on this machine for a proxy that it does not know of',
      { host: 'localhost', publicUrl: 'https://bot.example.org' },
      /set web\.trusted_proxies/,
    ],
  ])('does not start %s', (_, given, message) => {
    expect(() => checkExposure({ ...web, ...given })).toThrow(message)
  })

  it.each([
    ['behind a proxy that it knows', { publicUrl: 'https://bot.example.org', trustedProxies: ['10.0.0.2'] }],
    ['over http when that is wanted', { publicUrl: 'http://bot.lan', insecure: true }],
  ])('starts %s', (_, given) => {
    expect(() => checkExposure({ ...web, host: '0.0.0.0', ...given })).not.toThrow()
  })
})
