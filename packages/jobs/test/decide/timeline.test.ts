import type { Run } from '@kamihi/contracts'
import type { RunTrace } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { timelineOf } from '../../src/decide/timeline.ts'
import { runLike } from '../runLike.ts'

const at = (seconds: number) => Date.UTC(2026, 10, 24, 8, 0, seconds)
const iso = (seconds: number) => new Date(at(seconds)).toISOString()

const traced = (run: Partial<Run>, more: Partial<RunTrace> = {}): RunTrace => ({
  run: runLike(run),
  audienceWrittenAt: null,
  actionStartedAt: null,
  actionReturnedAt: null,
  firstSentAt: null,
  lastSentAt: null,
  waits: [],
  interventions: [],
  ...more,
})
const told = (trace: RunTrace) =>
  timelineOf(trace).map(
    ({ kind, at: when, detail }) => `${when.slice(17, 19)} ${kind}${detail === null ? '' : ` (${detail})`}`,
  )

describe('the timeline of a run', () => {
  it('goes from when it was due to its end', () => {
    const run = {
      scheduledFor: iso(0),
      createdAt: iso(1),
      startedAt: iso(2),
      finishedAt: iso(9),
      state: 'partial' as const,
      output: [{ kind: 'text' as const, text: 'hi', entities: [] }],
      counts: { ...runLike({}).counts, total: 40, sent: 38, failed: 2 },
    }
    expect(
      told(
        traced(run, {
          audienceWrittenAt: at(2),
          actionStartedAt: at(2),
          actionReturnedAt: at(4),
          firstSentAt: at(5),
          lastSentAt: at(8),
          waits: [{ from: at(6), until: at(8), count: 2 }],
          interventions: [
            { kind: 'paused', at: at(6), by: 'Ana', reason: 'wrong text' },
            { kind: 'resumed', at: at(7), by: 'Luis', reason: null },
          ],
        }),
      ),
    ).toEqual([
      '00 due',
      '01 queued',
      '02 started',
      '02 audience_resolved (40 recipients)',
      '02 action_called (Once for all)',
      '04 action_returned (1 message)',
      '05 first_sent',
      `06 waited (Telegram asked to wait until ${iso(8)} (asked 2 times))`,
      '06 paused (By Ana: wrong text)',
      '07 resumed (By Luis)',
      '08 last_sent (38 sent)',
      '09 finished (partial: 38 of 40 done)',
    ])
  })

  it('leaves out what has not happened yet', () => {
    const run = { scheduledFor: iso(0), createdAt: iso(1), startedAt: iso(2), state: 'running' as const }
    expect(told(traced(run, { audienceWrittenAt: at(3), firstSentAt: at(4), lastSentAt: at(5) }))).toEqual([
      '00 due',
      '01 queued',
      '02 started',
      '03 audience_resolved (0 recipients)',
      '04 first_sent',
    ])
  })

  it('says who asked for it, and for what', () => {
    const asked = { trigger: 'manual' as const, requestedBy: 'Ana', createdAt: iso(1) }
    expect(told(traced({ ...asked, state: 'queued' }))).toEqual(['01 queued (Run by hand, asked for by Ana)'])
    expect(told(traced({ ...asked, dryRun: true, state: 'queued' }))[0]).toContain('A dry run')
    expect(told(traced({ ...asked, retryOf: 'x', trigger: 'retry', state: 'queued' }))[0]).toContain(
      'For those whom another run did not reach',
    )
  })

  it('of a run that was skipped, failed or cancelled says why', () => {
    const ended = { createdAt: iso(1), scheduledFor: iso(0), finishedAt: iso(1) }
    const last = (run: Partial<Run>, more: Partial<RunTrace> = {}) =>
      told(traced({ ...ended, ...run }, more)).at(-1)
    expect(last({ state: 'skipped', reason: 'overlap', reasonDetail: 'Run x had not ended.' })).toBe(
      '01 finished (skipped (overlap): Run x had not ended.)',
    )
    expect(last({ state: 'failed', error: { class: 'action_error', message: 'no answer' } })).toBe(
      '01 finished (failed: no answer)',
    )
    const cancelled = traced(
      { ...ended, state: 'cancelled' },
      { interventions: [{ kind: 'cancelled', at: at(1), by: 'Ana', reason: null }] },
    )
    expect(told(cancelled).slice(-2)).toEqual(['01 cancel_requested (By Ana)', '01 finished (cancelled)'])
  })

  it('of occurrences that were missed says how many and until when', () => {
    const missed = { from: iso(0), to: iso(50), count: 6 }
    const run = {
      createdAt: iso(55),
      scheduledFor: iso(0),
      finishedAt: iso(55),
      state: 'skipped' as const,
      missed,
    }
    expect(told(traced({ ...run, reason: 'missed' }))[0]).toBe(
      `00 due (The first of 6 occurrences, the last was due at ${iso(50)})`,
    )
  })
})
