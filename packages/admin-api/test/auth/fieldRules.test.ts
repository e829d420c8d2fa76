import { Delivery, Job, PageOf } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { withoutHidden } from '../../src/auth/fieldRules.ts'
import { browser, call, change, startTestApi, valueIn } from '../api.ts'

describe('what a person has told the bot', () => {
  it('is seen by operators, and neither seen nor found by viewers', async () => {
    const api = await startTestApi()
    const { store } = api.kamihi
    const given = { telegramId: 7, name: 'Ana', profile: { city: 'Paris' } }
    const { id } = valueIn<{ id: string }>(await store.users.create(given, change))
    await browser(api, 'owner')
    for (const [role, profile] of [
      ['viewer', {}],
      ['operator', { city: 'Paris' }],
    ] as const) {
      const who = await browser(api, role)
      expect(await (await call(api, who, 'GET', `/users/${id}`)).json()).toMatchObject({
        name: 'Ana',
        profile,
      })
      const { items } = (await (await call(api, who, 'GET', '/users')).json()) as { items: unknown[] }
      expect(items).toMatchObject([{ name: 'Ana', profile }])
      const found = (await (await call(api, who, 'GET', '/users?q=Paris')).json()) as { items: unknown[] }
      expect([role, found.items.length]).toEqual([role, role === 'viewer' ? 0 : 1])
    }
  })
})

describe('what a person was sent', () => {
  it('is left out of a page of deliveries; what looks like it in free JSON is not', () => {
    const delivery = { id: '1', output: [{ kind: 'text', text: 'Your balance', entities: [] }] }
    expect(withoutHidden(PageOf(Delivery), { items: [delivery], total: 1 })).toEqual({
      items: [{ id: '1', output: null }],
      total: 1,
    })
    const job = { name: 'x', args: { output: 'kept', profile: { city: 'kept' } } }
    expect(withoutHidden(Job, job)).toEqual(job)
  })
})
