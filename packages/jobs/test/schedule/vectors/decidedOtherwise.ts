/** What the tests of another scheduler assert and what is decided here instead (decision 3, `docs/decisions`). */
export interface Otherwise {
  source: string
  expression: string
  zone: string
  from: string
  theirs: string
  ours: string
  because: string
}

const endOfGap = 'a time that does not exist runs where the gap ends, not as much later as the gap is long'
const notLeftOut = 'a time that does not exist runs where the gap ends and is not left out'
const once = 'a time that happens twice runs at the first pass only'
const bothPasses = 'an interval runs in both passes'

export const decidedOtherwise: Otherwise[] = [
  {
    source: 'Hexagon/croner ocps-1.4.test.ts@713ee72',
    expression: '30 2 12 3 *',
    zone: 'America/New_York',
    from: '2023-03-12T00:00:00Z',
    theirs: '2023-03-12T07:30:00Z',
    ours: '2023-03-12T07:00:00Z',
    because: endOfGap,
  },
  {
    source: 'Hexagon/croner timezone.test.ts@713ee72',
    expression: '30 1 * * *',
    zone: 'Europe/London',
    from: '2025-03-30T00:00:00Z',
    theirs: '2025-03-30T01:30:00Z',
    ours: '2025-03-30T01:00:00Z',
    because: endOfGap,
  },
  {
    source: 'Hexagon/croner timezone.test.ts@713ee72',
    expression: '* * * * *',
    zone: 'America/Los_Angeles',
    from: '2025-11-02T08:59:00Z',
    theirs: '2025-11-02T10:00:00Z',
    ours: '2025-11-02T09:00:00Z',
    because: bothPasses,
  },
  {
    source: 'harrisiirak/cron-parser CronExpression.test.ts@03444a8',
    expression: '30 2 * * 7',
    zone: 'Europe/Rome',
    from: '2025-03-29T00:00:00Z',
    theirs: '2025-03-30T01:30:00Z',
    ours: '2025-03-30T01:00:00Z',
    because: endOfGap,
  },
  {
    source: 'harrisiirak/cron-parser CronExpressionParser.test.ts@03444a8',
    expression: '30 1 * * *',
    zone: 'Antarctica/Troll',
    from: '2026-03-28T12:00:00Z',
    theirs: '2026-03-29T01:30:00Z',
    ours: '2026-03-29T01:00:00Z',
    because: endOfGap,
  },
  {
    source: 'harrisiirak/cron-parser CronExpressionParser.test.ts@03444a8',
    expression: '30 59 2 * * *',
    zone: 'America/New_York',
    from: '2026-03-07T12:00:00Z',
    theirs: '2026-03-08T07:59:30Z',
    ours: '2026-03-08T07:00:00Z',
    because: endOfGap,
  },
  {
    source: 'harrisiirak/cron-parser CronExpressionParser.test.ts@03444a8, which calls it a known limitation',
    expression: '30 1,2 * * *',
    zone: 'Australia/Lord_Howe',
    from: '2026-10-03T15:00:00Z',
    theirs: '2026-10-03T16:30:00Z',
    ours: '2026-10-03T15:30:00Z',
    because: '02:30 exists on that day',
  },
  {
    source: 'harrisiirak/cron-parser CronExpressionParser.test.ts@03444a8',
    expression: '0 12 * * *',
    zone: 'Pacific/Apia',
    from: '2011-12-29T22:00:00Z',
    theirs: '2011-12-30T22:00:00Z',
    ours: '2011-12-30T10:00:00Z',
    because: notLeftOut,
  },
  {
    source: 'harrisiirak/cron-parser CronExpressionParser.test.ts@03444a8',
    expression: '*/20 3 * * *',
    zone: 'Europe/Athens',
    from: '2016-10-30T03:40:00+03:00',
    theirs: '2016-10-31T03:00:00+02:00',
    ours: '2016-10-30T03:00:00+02:00',
    because: bothPasses,
  },
  {
    source: 'robfig/cron spec_test.go@bc59245',
    expression: '0 2 * * ?',
    zone: 'America/New_York',
    from: '2012-03-11T00:00:00-05:00',
    theirs: '2012-03-12T02:00:00-04:00',
    ours: '2012-03-11T03:00:00-04:00',
    because: notLeftOut,
  },
  {
    source: 'robfig/cron spec_test.go@bc59245',
    expression: '30 2 11 Mar ?',
    zone: 'America/New_York',
    from: '2012-03-11T00:00:00-05:00',
    theirs: '2013-03-11T02:30:00-04:00',
    ours: '2012-03-11T03:00:00-04:00',
    because: notLeftOut,
  },
  {
    source: 'robfig/cron spec_test.go@bc59245',
    expression: '0 1 * * ?',
    zone: 'America/New_York',
    from: '2012-11-04T01:00:00-04:00',
    theirs: '2012-11-04T01:00:00-05:00',
    ours: '2012-11-05T01:00:00-05:00',
    because: once,
  },
  {
    source: 'robfig/cron spec_test.go@bc59245',
    expression: '30 1 04 Nov ?',
    zone: 'America/New_York',
    from: '2012-11-04T01:45:00-04:00',
    theirs: '2012-11-04T01:30:00-05:00',
    ours: '2013-11-04T01:30:00-05:00',
    because: once,
  },
  {
    source: 'pallets-eco/croniter test_croniter.py@3dd4d14',
    expression: '0 9 31W * *',
    zone: 'UTC',
    from: '2024-11-01T00:00:00Z',
    theirs: '2024-11-29T09:00:00Z',
    ours: '2024-12-31T09:00:00Z',
    because: 'a month without a 31st has no working day nearest to it',
  },
]
