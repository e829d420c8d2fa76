import {
  Delivery,
  type Endpoint,
  hiddenBy,
  Job,
  OutgoingPart,
  Overview,
  PageOf,
  Run,
  api as table,
} from '@kamihi/contracts'
import type { TSchema } from '@sinclair/typebox'
import { describe, expect, it } from 'vitest'
import { withoutHidden } from '../../src/auth/fieldRules.ts'
import { browser, call, change, startTestApi, valueIn } from '../api.ts'

describe('what a person has told the bot', () => {
  it('is seen by operators, and neither seen nor found by viewers', async () => {
    const api = await startTestApi()
    const { store } = api.kamihi
    const given = { telegramId: 424_242, name: 'Ana', profile: { city: 'Paris' } }
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
      const byId = await (await call(api, who, 'GET', '/search?q=424242')).json()
      expect([role, byId]).toMatchObject([
        role,
        { users: role === 'viewer' ? [] : [{ telegramId: 424_242 }] },
      ])
      const sees = role === 'viewer' ? 0 : 424_242
      expect([role, items]).toMatchObject([role, [{ telegramId: sees }]])
    }
  })
})

describe('a Telegram id', () => {
  it('cannot be read by a viewer from where a page ends', async () => {
    const api = await startTestApi()
    const sorted = '/users?sort=telegramId&limit=1'
    await browser(api, 'owner')
    for (const [role, status] of [
      ['viewer', 403],
      ['operator', 200],
    ] as const)
      expect([role, (await call(api, await browser(api, role), 'GET', sorted)).status]).toEqual([
        role,
        status,
      ])
  })
})

/** Every place in a schema that a value reaches without passing what is hidden. */
const seen = (schema: TSchema): TSchema[] =>
  hiddenBy(schema)
    ? []
    : [
        schema,
        ...[
          ...Object.values<TSchema>(schema.properties ?? {}),
          ...(schema.anyOf ?? schema.allOf ?? []),
          ...(schema.items ? [schema.items] : []),
        ].flatMap(seen),
      ]

describe('what a person was sent', () => {
  it('is seen by viewers in no answer at all', () => {
    const message = JSON.stringify(OutgoingPart)
    for (const [name, { response, role }] of Object.entries(table as Record<string, Endpoint>)) {
      if (role !== 'viewer') continue
      const shown = seen(response).filter((schema) => JSON.stringify(schema) === message)
      expect([name, shown.length]).toEqual([name, 0])
    }
  })

  it('is left out of runs, wherever they are, with what an action said when it failed', () => {
    const output = [{ kind: 'text', text: 'Your balance', entities: [] }]
    const run = { id: '1', output, error: { class: 'action_error', message: 'No balance of Ana' } }
    const bare = { id: '1', output: null, error: { class: 'action_error', message: '' } }
    expect(withoutHidden(Run, run)).toEqual(bare)
    expect(withoutHidden(PageOf(Run), { items: [run] })).toEqual({ items: [bare] })
    expect(withoutHidden(Overview, { running: { items: [run], total: 1 } })).toEqual({
      running: { items: [bare], total: 1 },
    })
  })

  it('is left out of why a run was paused, and of nothing else that is called a reason', () => {
    const said = 'The first 5 recipients failed alike: no balance of Ana'
    expect(withoutHidden(Run, { id: '1', pauseReason: said })).toEqual({ id: '1', pauseReason: null })
    const attention = {
      items: [
        { kind: 'run_paused', reason: said },
        { kind: 'degraded', reason: 'disk_full' },
      ],
    }
    expect(withoutHidden(Overview, { attention })).toEqual({
      attention: {
        items: [
          { kind: 'run_paused', reason: null },
          { kind: 'degraded', reason: 'disk_full' },
        ],
      },
    })
  })

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
