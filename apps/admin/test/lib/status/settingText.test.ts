import type { Setting } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { codeParts, envOf, findSettings, groupsOf, yamlOf } from '../../../src/lib/status/settingText.ts'

const setting = (key: string, value: unknown, more: Partial<Setting> = {}): Setting => ({
  key,
  value,
  secret: false,
  default: null,
  source: 'default',
  sourceDetail: null,
  env: `KAMIHI_${key.toUpperCase().replaceAll('.', '__')}`,
  description: '',
  ...more,
})

describe('a setting as YAML', () => {
  it.each([
    ['web.port', 4242, 'web:\n  port: 4242'],
    ['timezone', 'Europe/Madrid', 'timezone: Europe/Madrid'],
    ['web.host', '0.0.0.0', 'web:\n  host: "0.0.0.0"'],
    ['jobs.enabled', true, 'jobs:\n  enabled: true'],
    ['web.auth.require', 'off', 'web:\n  auth:\n    require: "off"'],
    ['web.hosts', ['a.example', 'b'], 'web:\n  hosts: ["a.example","b"]'],
    ['telegram.proxy', null, 'telegram:\n  proxy: null'],
  ])('%s = %j', (key, value, yaml) => {
    expect(yamlOf(setting(key, value))).toBe(yaml)
  })

  it('leaves the place of a secret empty', () => {
    expect(yamlOf(setting('telegram.token', 'set', { secret: true }))).toBe('telegram:\n  token:')
    expect(envOf(setting('telegram.token', 'set', { secret: true }))).toBe('KAMIHI_TELEGRAM__TOKEN=')
  })
})

describe('a setting as a variable', () => {
  it.each([
    ['web.port', 4242, 'KAMIHI_WEB__PORT=4242'],
    ['timezone', 'Europe/Madrid', 'KAMIHI_TIMEZONE=Europe/Madrid'],
    ['web.hosts', ['a'], 'KAMIHI_WEB__HOSTS=["a"]'],
    ['telegram.proxy', null, 'KAMIHI_TELEGRAM__PROXY='],
  ])('%s = %j', (key, value, line) => {
    expect(envOf(setting(key, value))).toBe(line)
  })
})

it('settings stand under the first part of their keys', () => {
  const groups = groupsOf([setting('timezone', ''), setting('web.port', 1), setting('web.host', '')])
  expect(groups.map(({ name, items }) => [name, items.length])).toEqual([
    ['', 1],
    ['web', 2],
  ])
})

it('settings are found by all words, in their key, variable or description', () => {
  const all = [setting('web.port', 1, { description: 'Where it listens' }), setting('web.host', '')]
  expect(findSettings(all, 'listens WEB').map(({ key }) => key)).toEqual(['web.port'])
  expect(findSettings(all, 'KAMIHI_WEB__HOST').map(({ key }) => key)).toEqual(['web.host'])
  expect(findSettings(all, ' ')).toHaveLength(2)
})

it('tells code in a description from words', () => {
  expect(codeParts('Give `url` and `secret`')).toEqual([
    { text: 'Give ', isCode: false },
    { text: 'url', isCode: true },
    { text: ' and ', isCode: false },
    { text: 'secret', isCode: true },
    { text: '', isCode: false },
  ])
})
