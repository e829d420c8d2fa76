import { Type } from '@sinclair/typebox'
import { describe, expect, it } from 'vitest'
import { brokenRules } from '../src/check.ts'
import { AccountCreate, JobCreate, telegramServices, UserCreate, UserUpdate } from '../src/index.ts'

const kindsOf = (errors: ReturnType<typeof brokenRules>) =>
  Object.fromEntries(errors.map(({ path, issue }) => [path, issue.kind]))

describe('the rules that a value breaks', () => {
  it('are none where it fits its schema', () => {
    expect(brokenRules(UserCreate, { telegramId: 7, name: null })).toEqual([])
  })

  it('are told by field, with what is allowed, in the words of a refusal', () => {
    expect(brokenRules(JobCreate, { action: 'report', cronExpression: '0 9 * * *', retries: -1 })).toEqual([
      { path: '/retries', issue: { kind: 'minimum', limit: 0 }, message: 'has to be 0 or more' },
    ])
    expect(kindsOf(brokenRules(JobCreate, { action: '', extra: 1, overlap: 'never', name: 5 }))).toEqual({
      '/action': 'min_length',
      '/cronExpression': 'required',
      '/extra': 'unknown_field',
      '/overlap': 'one_of',
      '/name': 'type',
    })
  })

  it('name a number that is none, as an empty field gives it', () => {
    expect(brokenRules(UserCreate, { telegramId: Number.NaN })).toMatchObject([
      { path: '/telegramId', issue: { kind: 'type', type: 'integer' } },
    ])
  })

  it.each(telegramServices)('keep the accounts of Telegram itself from being users: %i', (telegramId) => {
    const told = [{ path: '/telegramId', issue: { kind: 'telegram_service' } }]
    expect(brokenRules(UserCreate, { telegramId })).toMatchObject(told)
    expect(brokenRules(UserUpdate, { version: 1, telegramId })).toMatchObject(told)
    expect(brokenRules(UserCreate, { telegramId: telegramId + 1 })).toEqual([])
  })

  it('count an emoji as one character, as the server does', () => {
    expect(brokenRules(UserCreate, { telegramId: 7, name: '😀'.repeat(200) })).toEqual([])
    expect(kindsOf(brokenRules(UserCreate, { telegramId: 7, name: '😀'.repeat(201) }))).toEqual({
      '/name': 'max_length',
    })
  })

  it('read a pattern as Unicode', () => {
    expect(brokenRules(AccountCreate, { username: 'Íñigo', role: 'viewer' })).toEqual([])
    expect(kindsOf(brokenRules(AccountCreate, { username: 'a b', role: 'viewer' }))).toEqual({
      '/username': 'username',
    })
  })

  it('point at a name with a slash as a JSON pointer does', () => {
    const schema = Type.Object({}, { additionalProperties: false })
    expect(kindsOf(brokenRules(schema, { 'a/b~c': 1 }))).toEqual({ '/a~1b~0c': 'unknown_field' })
  })
})
