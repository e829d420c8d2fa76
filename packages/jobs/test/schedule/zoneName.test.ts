import { defineAction } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { mendZone } from '../../src/schedule/zoneName.ts'
import { change, startTestBot } from '../bot.ts'

/** Names that Intl resolves to another one. */
const links = [
  'Africa/Asmara',
  'America/Argentina/ComodRivadavia',
  'America/Knox_IN',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Australia/ACT',
  'Australia/LHI',
  'Brazil/DeNoronha',
  'Chile/EasterIsland',
  'Etc/GMT',
  'Etc/UTC',
  'Europe/Kyiv',
  'Mexico/BajaSur',
  'Pacific/Kanton',
  'US/East-Indiana',
]

describe('the name of a time zone', () => {
  it('is kept as it is usually written, whatever the case it was typed in', () => {
    for (const zone of ['UTC', ...Intl.supportedValuesOf('timeZone')]) {
      expect([mendZone(zone), mendZone(zone.toLowerCase()), mendZone(zone.toUpperCase())]).toEqual([
        zone,
        zone,
        zone,
      ])
    }
  })

  it.each(links)('%s stays, although it is a link to another', (zone) => {
    expect([mendZone(zone), mendZone(zone.toLowerCase()), mendZone(zone.toUpperCase())]).toEqual([
      zone,
      zone,
      zone,
    ])
  })

  it.each(['EST', 'CET', '+02:00', 'Etc/+2', 'Europe', 'Europe/Atlantis', 'Europe/', '', 'Europe/Madrid '])(
    '%j is none',
    (name) => {
      expect(mendZone(name)).toBeNull()
    },
  )

  it('is mended in a job that is created, changed or previewed', async () => {
    const bot = await startTestBot([defineAction({ name: 'report', run: () => 'done' })])
    const job = { action: 'report', cronExpression: '0 9 * * *' }
    const created = await bot.jobs.create({ ...job, timezone: 'asia/kolkata' }, change)
    if (created.kind !== 'saved') throw new Error(created.kind)
    expect(created.value.timezone).toBe('Asia/Kolkata')
    const changed = await bot.jobs.update(
      created.value.id,
      created.value.version,
      { timezone: 'utc' },
      change,
    )
    expect(changed).toMatchObject({ kind: 'saved', value: { timezone: 'UTC' } })
    expect(await bot.jobs.preview({ ...job, timezone: 'utc' })).toMatchObject({
      nextRuns: expect.arrayContaining([
        expect.objectContaining({ local: expect.stringMatching(/09:00 \+00:00$/) }),
      ]),
    })
  })
})
