import type { SchedulerPauses } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { decideDue } from '../../src/decide/due.ts'
import { holdsOf } from '../../src/decide/holds.ts'
import { passedOccurrences } from '../../src/decide/passed.ts'
import { parseSchedule } from '../../src/index.ts'

const minute = 60_000
const eight = Date.UTC(2026, 10, 24, 8)
const at = (minutes: number) => eight + minutes * minute

const parsed = parseSchedule('*/10 * * * *', 'UTC')
if (parsed.kind === 'refused') throw new Error(parsed.reason)
const { schedule } = parsed

const notPaused = { pausedAt: null, pausedBy: null, pauseReason: null }
const pause = (from: number, until: number) => ({ at: at(from), until: at(until), by: 'Ana', reason: null })
/** The second pause is the earlier one: between them the clock of the machine was put back by an hour. */
const wentBack: SchedulerPauses = { current: null, ended: [pause(60, 62), pause(5, 75)] }

describe('pauses between which the clock went back', () => {
  it('hold what had its time in either, in the order of time', () => {
    const holds = holdsOf(notPaused, wentBack, at(75))
    expect(passedOccurrences(schedule, at(0), at(75), holds)).toMatchObject([
      { kind: 'missed', from: at(0), to: at(0), count: 1 },
      { kind: 'paused', from: at(10), to: at(70), count: 7 },
    ])
  })

  it('let nothing run that had its time before the last of them was over', () => {
    const due = {
      schedule,
      nextRunAt: at(60),
      now: at(80),
      catchUp: 'all' as const,
      catchUpWindowSeconds: 3600,
      actionLoaded: true,
    }
    expect(decideDue(due, holdsOf(notPaused, wentBack, at(80))).occurrences).toMatchObject([
      { kind: 'paused', from: at(60), to: at(70), count: 2 },
      { kind: 'run', scheduledFor: at(80) },
    ])
  })
})
