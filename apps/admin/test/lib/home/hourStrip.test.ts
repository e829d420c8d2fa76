import type { UpcomingRun } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { hoursOf, ticksOf, ticksOfHours } from '../../../src/lib/home/hourStrip.ts'

const from = Date.parse('2026-11-26T12:10:00Z')
const run = (at: string, recipients: number): UpcomingRun => ({
  at,
  jobId: 'j',
  name: null,
  action: 'weather',
  recipients,
})

describe('the strip of the next 24 hours', () => {
  it('puts a mark where a run is, the tallest for most people', () => {
    const [small, tall] = ticksOf([run('2026-11-26T12:11:00Z', 0), run('2026-11-27T00:10:00Z', 100)], from)
    expect(small).toMatchObject({ left: 0, people: 0, height: 16 })
    expect(tall).toMatchObject({ left: 50, people: 100, height: 100 })
  })

  it('shows runs close together as one, with the people of both', () => {
    const ticks = ticksOf([run('2026-11-26T13:00:00Z', 3), run('2026-11-26T13:05:00Z', 4)], from)
    expect(ticks).toHaveLength(1)
    expect(ticks[0]).toMatchObject({ people: 7, runs: 2, at: Date.parse('2026-11-26T13:00:00Z') })
  })

  it('leaves out what is not within the 24 hours', () => {
    expect(ticksOf([run('2026-11-26T12:09:00Z', 1), run('2026-11-27T12:10:00Z', 1)], from)).toEqual([])
  })

  it('shows hours where there are too many runs, from now on and no longer than a day', () => {
    const hour = (at: string, runs: number, messages: number) => ({
      hour: at,
      runs,
      messages,
      jobs: [],
      outcomes: {},
    })
    const ticks = ticksOfHours(
      [
        hour('2026-11-26T12:00:00.000Z', 50, 10),
        hour('2026-11-26T13:00:00.000Z', 60, 40),
        hour('2026-11-26T14:00:00.000Z', 0, 0),
        hour('2026-11-27T13:00:00.000Z', 60, 40),
      ],
      from,
    )
    expect(ticks).toHaveLength(2)
    expect(ticks[0]).toMatchObject({
      left: 0,
      at: Date.parse('2026-11-26T12:00:00Z'),
      runs: 50,
      people: 10,
    })
    expect(ticks[0]?.width).toBeCloseTo((100 * 50) / 1440)
    expect(ticks[1]).toMatchObject({ height: 100, runs: 60 })
  })

  it('names every sixth hour of the clock', () => {
    const utc = (at: number) => new Date(at).getUTCHours()
    expect(hoursOf(from, utc).map(({ at }) => new Date(at).toISOString().slice(11, 13))).toEqual([
      '18',
      '00',
      '06',
      '12',
    ])
  })
})
