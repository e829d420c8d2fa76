import { describe, expect, it } from 'vitest'
import { stepsDone } from '../../src/lib/firstSteps.ts'

const fresh = { lastUpdateAt: null, users: 0, permissions: 0, jobs: 0, emulator: true }

describe('the first steps', () => {
  it('are all to be done on a fresh bot', () => {
    expect(Object.values(stepsDone(fresh))).toEqual([false, false, false, false, false])
  })

  it.each([
    ['hello', { lastUpdateAt: '2026-11-26T09:00:00.000Z' }],
    ['user', { users: 1 }],
    ['permission', { permissions: 1 }],
    ['job', { jobs: 1 }],
    ['token', { emulator: false }],
  ] as const)('tick %s by what there is', (step, facts) => {
    const done = stepsDone({ ...fresh, ...facts })
    expect(Object.entries(done).filter(([, isDone]) => isDone)).toEqual([[step, true]])
  })
})
