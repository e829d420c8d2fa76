import { describe, expect, it } from 'vitest'
import { withRecent } from '../../../src/lib/jobs/recentZones.ts'
import { findZones, likelyZones, offsetOf, zoneChoices } from '../../../src/lib/jobs/zoneChoices.ts'

const winter = Date.UTC(2026, 0, 15)
const summer = Date.UTC(2026, 6, 15)

describe('how far a zone is ahead of UTC', () => {
  it('is what holds at that instant', () => {
    expect(offsetOf('Europe/Madrid', winter)).toBe('UTC+01:00')
    expect(offsetOf('Europe/Madrid', summer)).toBe('UTC+02:00')
    expect(offsetOf('Asia/Kathmandu', winter)).toBe('UTC+05:45')
    expect(offsetOf('UTC', winter)).toBe('UTC+00:00')
  })
})

describe('time zones to choose', () => {
  const likely = likelyZones('Europe/Madrid', 'America/New_York', ['Asia/Tokyo', 'Europe/Madrid'])
  const all = ['America/New_York', 'Asia/Tokyo', 'Europe/Madrid', 'Europe/Paris']

  it('begin with those that are likely meant, each once', () => {
    expect(findZones('', likely, all)).toEqual([
      'Europe/Madrid',
      'America/New_York',
      'UTC',
      'Asia/Tokyo',
      'Europe/Paris',
    ])
  })

  it('are found by a piece of the name, as people write it', () => {
    expect(findZones('new york', likely, all)).toEqual(['America/New_York'])
    expect(findZones(' PAR ', likely, all)).toEqual(['Europe/Paris'])
    expect(findZones('Mars/Base', likely, all)).toEqual([])
  })

  it('have a whole name that is not listed', () => {
    expect(findZones('US/Pacific', likely, all)).toEqual(['US/Pacific'])
  })

  it('tell their offset and why they stand first', async () => {
    const [first, , third] = await zoneChoices(likely, () => winter, 'Europe/Madrid').find('')
    expect(first).toMatchObject({ id: 'Europe/Madrid', detail: 'UTC+01:00 · the bot’s time zone' })
    expect(third).toMatchObject({ id: 'UTC', detail: 'UTC+00:00' })
  })
})

it('the zones chosen last are few, and each is there once', () => {
  expect(withRecent(['b', 'a'], 'a')).toEqual(['a', 'b'])
  expect(withRecent(['c', 'b', 'a'], 'd')).toEqual(['d', 'c', 'b'])
})
