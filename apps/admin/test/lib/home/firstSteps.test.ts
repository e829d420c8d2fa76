import { describe, expect, it } from 'vitest'
import { stepsDone } from '../../../src/lib/home/firstSteps.ts'

const none = { total: 0, newestBy: null }
const fresh = { lastSeenAt: null, user: none, permission: none, job: none, emulator: true }
const ofDemo = { total: 3, newestBy: 'system' } as const
const own = { total: 4, newestBy: 'account' } as const

describe('the first steps', () => {
  it('are all to be done on a fresh bot', () => {
    expect(Object.values(stepsDone(fresh))).toEqual([false, false, false, false, false])
  })

  it('are all to be done where only the demo is', () => {
    const demo = { ...fresh, user: ofDemo, permission: ofDemo, job: ofDemo }
    expect(Object.values(stepsDone(demo))).toEqual([false, false, false, false, false])
  })

  it.each([
    ['hello', { lastSeenAt: '2026-11-26T09:00:00.000Z' }],
    ['user', { user: own }],
    ['permission', { permission: { total: 1, newestBy: 'cli' } }],
    ['job', { job: own }],
    ['token', { emulator: false }],
  ] as const)('tick %s by what somebody did', (step, facts) => {
    const done = stepsDone({ ...fresh, ...facts })
    expect(Object.entries(done).filter(([, isDone]) => isDone)).toEqual([[step, true]])
  })

  it('stay done when what is recorded of them was pruned', () => {
    expect(stepsDone({ ...fresh, user: { total: 2, newestBy: null } }).user).toBe(true)
  })
})
