import type { Run, RunStep } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { stepText } from '../../../src/lib/runs/stepText.ts'
import * as t from '../../../src/texts/index.ts'
import { none } from './noCounts.ts'

const at = '2026-11-27T09:00:00.000Z'
const until = '2026-11-27T09:00:30.000Z'
const run = { counts: { ...none, total: 3, sent: 2 }, output: null, missed: null } as unknown as Run
const step = (more: Partial<RunStep>): RunStep => ({
  kind: 'waited',
  at,
  by: null,
  reason: null,
  wait: null,
  detail: 'in English',
  ...more,
})
const words = { common: t.common, runs: t.runs, states: t.states, why: t.why }
const told = (more: Partial<RunStep>) => stepText(step(more), run, words, (when) => when.slice(11, 19))

describe('a step of a run', () => {
  it('that Telegram asked to wait tells until when, and how often if not once', () => {
    expect(told({ wait: { until, count: 1 } })).toBe('until 09:00:30')
    expect(told({ wait: { until, count: 4 } })).toBe('until 09:00:30, asked for 4 times')
  })

  it('tells who paused it, and why', () => {
    expect(told({ kind: 'paused', by: 'Ana', reason: 'wrong text' })).toBe('by Ana: wrong text')
    expect(told({ kind: 'paused', by: 'Ana' })).toBe('by Ana')
  })

  it('tells nothing where there is nothing to tell', () => {
    expect(told({ kind: 'started', detail: null })).toBeNull()
  })
})
