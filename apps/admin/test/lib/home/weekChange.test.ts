import { describe, expect, it } from 'vitest'
import { changeOf } from '../../../src/lib/home/weekChange.ts'

describe('this week against the last', () => {
  it.each([
    ['delivered', { thisWeek: 104, lastWeek: 100 }, { kind: 'better', by: 0.04 }],
    ['delivered', { thisWeek: 96, lastWeek: 100 }, { kind: 'worse', by: -0.04 }],
    ['medianLagMs', { thisWeek: 500, lastWeek: 400 }, { kind: 'worse', by: 0.25 }],
    ['medianLagMs', { thisWeek: 300, lastWeek: 400 }, { kind: 'better', by: -0.25 }],
    ['successRate', { thisWeek: 0.75, lastWeek: 0.5 }, { kind: 'better', by: 0.25 }],
    ['successRate', { thisWeek: 0.99, lastWeek: 0.989 }, { kind: 'same' }],
    ['people', { thisWeek: 7, lastWeek: 7 }, { kind: 'same' }],
    ['people', { thisWeek: null, lastWeek: 7 }, { kind: 'unknown' }],
    ['delivered', { thisWeek: 7, lastWeek: 0 }, { kind: 'unknown' }],
  ] as const)('%s %j is %j', (measure, numbers, change) => {
    expect(changeOf(measure, numbers)).toEqual(change)
  })
})
