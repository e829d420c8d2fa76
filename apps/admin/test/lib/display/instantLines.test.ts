import { describe, expect, it } from 'vitest'
import { formatInstant } from '../../../src/lib/display/format.ts'
import { instantLines } from '../../../src/lib/display/instantLines.ts'
import * as en from '../../../src/texts/index.ts'

const at = Date.parse('2026-11-25T08:00:00Z')
const instant = (zone: string) => formatInstant(at, { locale: 'en-GB', zone }, at)
const lines = (job: string | null, own: string) =>
  instantLines({ job, bot: 'Europe/Madrid', own }, instant, en)

describe('an instant that is pointed at', () => {
  it('is told in the zone of the job, in that of the reader, and in UTC', () => {
    expect(lines('Asia/Tokyo', 'Europe/Madrid')).toEqual([
      'Job’s zone: Wed 25 Nov, 17:00 GMT+9',
      'Your zone: Wed 25 Nov, 09:00 CET',
      'UTC: Wed 25 Nov, 08:00 UTC',
    ])
  })

  it('is told in the zone of the bot where it is about no job', () => {
    expect(lines(null, 'UTC')).toEqual([
      'Bot’s zone: Wed 25 Nov, 09:00 CET',
      'Your zone: Wed 25 Nov, 08:00 UTC',
    ])
  })

  it('is told once where all read the same', () => {
    expect(lines('Etc/UTC', 'UTC')).toEqual(['Job’s zone: Wed 25 Nov, 08:00 UTC'])
  })
})
