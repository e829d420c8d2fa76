import type { Run, RunCounts } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { againBar, cancelBar, cancellingOf, retryBar, retryingOf } from '../../../src/lib/runs/runVerbs.ts'
import { none } from './noCounts.ts'

const run = (state: Run['state'], counts: Partial<RunCounts> = {}, more: Partial<Run> = {}) => ({
  id: state as string,
  state,
  dryRun: false,
  cancelRequestedAt: null,
  counts: { ...none, ...counts },
  ...more,
})

describe('what can be done with a run', () => {
  it.each([
    ['partial', { failed: 1 }, {}, null],
    ['cancelled', { cancelled: 2 }, {}, null],
    ['completed', { sent: 3 }, {}, 'nobodyMissed'],
    ['running', { failed: 1, pending: 1 }, {}, 'open'],
    ['failed', { failed: 1 }, { dryRun: true }, 'dry'],
  ] as const)('sending %s with %o and %o again: %s', (state, counts, more, bar) => {
    expect(retryBar(run(state, counts, more))).toBe(bar)
  })

  it.each([
    ['queued', {}, null],
    ['paused', {}, null],
    ['running', { cancelRequestedAt: '2026-11-26T12:00:00.000Z' }, 'cancelling'],
    ['completed', {}, 'ended'],
    ['skipped', {}, 'ended'],
  ] as const)('cancelling %s with %o: %s', (state, more, bar) => {
    expect(cancelBar(run(state, {}, more))).toBe(bar)
  })

  it.each([
    ['completed', null],
    ['failed', null],
    ['running', 'open'],
    ['skipped', 'neverRan'],
  ] as const)('running %s again: %s', (state, bar) => {
    expect(againBar(run(state))).toBe(bar)
  })
})

describe('what is done with several runs', () => {
  const runs = [
    run('partial', { sent: 1, failed: 1, unreachable: 2 }),
    run('completed', { sent: 3 }),
    run('skipped'),
    run('expired', { expired: 4 }),
    run('queued', { pending: 5 }),
    run('running', { pending: 6, inProgress: 1, failed: 1 }),
  ]

  it('sends again only for those of them that somebody did not get', () => {
    expect(retryingOf(runs)).toEqual({ ids: ['partial', 'expired'], people: 5, unreachable: 2 })
  })

  it('cancels only those of them that have not ended', () => {
    expect(cancellingOf(runs)).toEqual({ ids: ['queued', 'running'], waiting: 11, busy: 1 })
  })
})
