import { describe, expect, it } from 'vitest'
import { headlineOf } from '../../../src/lib/home/headline.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'

const now = Date.parse('2026-11-26T17:48:00Z')
const say = { time: () => '18:00 UTC', instant: () => 'Sat 28 Nov, 18:00 UTC', ago: () => 'in 12 min' }
const next = { at: '2026-11-26T18:00:00.000Z', jobId: 'j', name: 'Weather', action: 'weather', recipients: 3 }
const calm = {
  jobsEnabled: true,
  runsToday: 14,
  next,
  attention: { items: [], total: 0 },
  running: { items: [], total: 0 },
  staleSince: null,
}
type Facts = Parameters<typeof headlineOf>[0]
const line = (facts: Partial<Facts>, words = en.home.verdict) =>
  headlineOf({ ...calm, ...facts }, now, words, say)

describe('the headline', () => {
  it('says what ran today and what comes next', () => {
    expect(line({})).toEqual({
      tone: 'ok',
      text: 'All good – 14 runs today, next “Weather” at 18:00 UTC (in 12 min)',
    })
  })

  it('names the day of a run that is far off', () => {
    expect(line({ next: { ...next, at: '2026-11-28T18:00:00.000Z' } }).text).toContain(
      'on Sat 28 Nov, 18:00 UTC',
    )
  })

  it('calls a job without a name by its action', () => {
    expect(line({ next: { ...next, name: null } }).text).toContain('“/weather”')
  })

  it('tells that nothing ran and nothing is planned', () => {
    expect(line({ runsToday: 0, next: null }).text).toBe('All good – no runs yet today, nothing is planned')
  })

  it('puts what needs somebody before everything else', () => {
    expect(line({ attention: { items: [], total: 2 }, jobsEnabled: false })).toEqual({
      tone: 'warn',
      text: '2 things need you',
    })
  })

  it('tells that jobs are disabled', () => {
    expect(line({ jobsEnabled: false })).toEqual({
      tone: 'warn',
      text: 'Jobs are disabled – nothing runs by itself',
    })
  })

  it('tells that something is going on', () => {
    expect(line({ running: { items: [], total: 1 } })).toEqual({
      tone: 'running',
      text: 'All good – 14 runs today, 1 run going on',
    })
  })

  it('knows nothing while the bot does not answer, whatever it said before', () => {
    expect(line({ staleSince: now, attention: { items: [], total: 2 } })).toEqual({
      tone: 'stale',
      text: 'Not known: the bot has not answered since 18:00 UTC',
    })
  })

  it('does not count down to what is due', () => {
    expect(line({ next: { ...next, at: '2026-11-26T17:47:59Z' } }).text).toBe(
      'All good – 14 runs today, “Weather” is due now',
    )
  })

  it('says the same in Spanish', () => {
    expect(line({}, es.home.verdict).text).toBe(
      'Todo bien – 14 ejecuciones hoy, próxima «Weather» a las 18:00 UTC (in 12 min)',
    )
  })
})
