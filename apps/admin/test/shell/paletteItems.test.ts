import { describe, expect, it } from 'vitest'
import { foundGroups, matches, ownGroups, pageGroup, runGroups } from '../../src/shell/paletteItems.ts'
import type { Place } from '../../src/shell/places.ts'
import { es } from '../../src/texts/es/index.ts'
import * as en from '../../src/texts/index.ts'

const places = [
  { href: '/users', name: 'users' },
  { href: 'https://example.org', name: 'documentation', external: true },
] as Place[]
const labels = (groups: { items: { label: string }[] }[]) =>
  groups.flatMap(({ items }) => items.map(({ label }) => label))

describe('the palette', () => {
  it.each([
    ['Switch theme', 'the', true],
    ['Switch theme', 'SW th', true],
    ['Ejecuciones', 'eje', true],
    ['Auditoría', 'auditoria', true],
    ['/weather', 'wea', true],
    ['Switch theme', 'heme', false],
    ['Anything', '', true],
  ])('finds in %j by %j: %s', (label, typed, found) => {
    expect(matches(label, typed)).toBe(found)
  })

  it('offers pages and verbs, in the language that is spoken', () => {
    expect(labels(ownGroups(places, true, 'us', en))).toEqual(['Users', 'New User'])
    expect(labels(ownGroups(places, true, 'us', es))).toEqual(['Usuarios', 'Nuevo usuario'])
  })

  it('finds pages without what can be done, for who came to an address that is none', () => {
    expect(labels([pageGroup(places, 'us', en)])).toEqual(['Users'])
    expect(labels([pageGroup(places, '', en)])).toEqual(['Users', 'Documentation'])
  })

  it('offers nothing that changes something to who may not', () => {
    expect(labels(ownGroups([], false, 'new', en))).toEqual([])
  })

  it('leads to what the server found', () => {
    const groups = foundGroups(
      {
        jobs: [{ id: 'j', name: null, action: 'report' }],
        users: [{ id: 'u', name: null, telegramId: 7 }],
        roles: [{ id: 'r', name: 'Sales' }],
        actions: [{ name: 'weather', description: null }],
        runs: [
          {
            id: 'x',
            jobId: 'j',
            action: 'report',
            state: 'failed',
            scheduledFor: '2026-01-01T00:00:00.000Z',
          },
        ],
      },
      en,
    )
    expect(labels(groups)).toEqual(['/report', 'User 7', 'Sales', '/weather', 'x'])
    expect(
      groups.flatMap(({ items }) => items.map(({ does }) => (does.kind === 'go' ? does.href : ''))),
    ).toEqual(['/jobs/j', '/users/u', '/roles/r', '/actions/weather', '/runs/x'])
  })

  it('opens the run dialog of the job that was chosen to run', () => {
    const [group] = runGroups([{ id: 'j', name: 'Morning', action: 'report' }], en.palette)
    expect(group?.items[0]).toMatchObject({ label: 'Morning', does: { kind: 'go', href: '/jobs/j?run=1' } })
  })
})
