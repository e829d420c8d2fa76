import type { Run } from '@kamihi/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideNotices, groupRuns, mostWritten, noticeText, type Told } from '../../src/decide/notice.ts'
import { runLike } from '../runLike.ts'

const now = Date.UTC(2026, 10, 24, 8)
const second = 1000
const failedAt = (ago: number, more: Partial<Run> = {}): Run =>
  runLike({ state: 'failed', finishedAt: new Date(now - ago).toISOString(), ...more })
const words = {
  timezone: 'Europe/Madrid',
  linkOf: (runId: string | null) => `http://localhost:4242/runs${runId ? `/${runId}` : ''}`,
}
const told = (run: Run, more: Partial<Told> = {}): Told => ({ run, times: 1, reason: null, ...more })

describe('a notice', () => {
  it('waits ten seconds for others, and then tells all of them', () => {
    const [young, old] = [failedAt(3 * second, { id: 'b' }), failedAt(10 * second, { id: 'a' })]
    expect(decideNotices([young], now, 0)).toEqual({ tell: [], drop: [] })
    expect(decideNotices([old, young], now, 0).tell).toEqual([old, young])
  })

  it('is told at most every ten seconds', () => {
    const due = [failedAt(60 * second)]
    expect(decideNotices(due, now, now - 9 * second).tell).toEqual([])
    expect(decideNotices(due, now, now - 10 * second).tell).toEqual(due)
  })

  it('is not told when it is more than a week old', () => {
    const [ancient, due] = [failedAt(8 * 24 * 3600 * second, { id: 'a' }), failedAt(60 * second, { id: 'b' })]
    expect(decideNotices([ancient, due], now, 0)).toEqual({ tell: [due], drop: [ancient] })
  })

  it('of a run that is paused is told at once: somebody has to decide', () => {
    const paused = runLike({ state: 'paused', pausedBy: 'breaker' })
    expect(decideNotices([paused], now, 0).tell).toEqual([paused])
  })

  it('says what, how many of how many, the commonest reason, when and where', () => {
    const counts = { ...runLike({}).counts, total: 40, sent: 28, failed: 10, unreachable: 2 }
    const { text, entities, linkPreview } = noticeText(
      [told(failedAt(0, { state: 'partial', counts }), { reason: { message: 'chat not found', count: 10 } })],
      0,
      words,
    )
    expect(text).toBe(
      [
        'Daily report did not reach everyone',
        '12 of 40 recipients not reached',
        'Mostly: chat not found',
        '24 Nov 2026, 09:00 (Europe/Madrid)',
        'http://localhost:4242/runs/run-1',
      ].join('\n'),
    )
    expect(entities).toEqual([
      { type: 'bold', offset: 0, length: 'Daily report did not reach everyone'.length },
    ])
    expect(linkPreview).toBe(false)
  })

  it.each([
    [{ state: 'failed', error: { class: 'action_error', message: 'x' } }, 'Daily report failed'],
    [{ state: 'expired' }, 'Daily report was not finished in time'],
    [{ state: 'skipped', reason: 'missed' }, 'Daily report was missed'],
    [{ state: 'paused' }, 'Daily report is paused: its first recipients failed alike'],
    [{ state: 'failed', jobName: null }, '/report failed'],
  ] as [Partial<Run>, string][])('%# names it: %o', (run, headline) => {
    expect(noticeText([told(failedAt(0, run))], 0, words).text.split('\n')[0]).toBe(headline)
  })

  it('counts runs of the same job that went the same way once', () => {
    const runs = [
      failedAt(30 * second, { id: 'a' }),
      failedAt(20 * second, { id: 'b' }),
      failedAt(10 * second, { id: 'c', jobId: 'job-2', jobName: 'Weekly' }),
    ]
    const groups = groupRuns(runs)
    expect(groups.map(({ run, times }) => [run.id, times])).toEqual([
      ['b', 2],
      ['c', 1],
    ])
    const { text } = noticeText(
      groups.map((group) => ({ ...group, reason: null })),
      0,
      words,
    )
    expect(text.split('\n\n')[0]).toBe('3 runs did not go well')
    expect(text).toContain('Daily report failed (2 times)')
    expect(text).toContain('Weekly failed')
  })

  it('that is about too many says how many more there are, and where to see them', () => {
    const { text } = noticeText([told(failedAt(0))], 12, words)
    expect(text.split('\n')[0]).toBe('13 runs did not go well')
    expect(text.endsWith('And 12 more.\nhttp://localhost:4242/runs')).toBe(true)
  })

  it('fits into one message, however long everything in it is', () => {
    const linkOf = () => `https://${'x'.repeat(200)}.example.org/runs/${'0'.repeat(36)}`
    const long = Array.from({ length: mostWritten }, (_, n) =>
      told(failedAt(0, { jobName: '😀'.repeat(500), id: `${n}`, state: 'paused' }), {
        times: 1_000_000,
        reason: { message: '😀'.repeat(500), count: 2 },
      }),
    )
    const { text } = noticeText(long, 99, { timezone: 'America/Argentina/Buenos_Aires', linkOf })
    expect(text.length).toBeLessThanOrEqual(4096)
    expect(() => encodeURIComponent(text), 'no half of a character').not.toThrow()
  })

  it('stays plain text of one message, whatever people called their jobs and whatever went wrong', () => {
    const anyText = fc.string({ unit: 'grapheme', maxLength: 400 })
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: mostWritten }), (texts) => {
        const all = texts.map(([jobName, message], n) =>
          told(failedAt(0, { jobName: `*${jobName}*\n[x](http://x)`, id: `${n}`.repeat(36) }), {
            reason: { message: `${message}\u202e\n\n`, count: 2 },
          }),
        )
        const { text, entities } = noticeText(all, 99, words)
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(entities).toHaveLength(1)
        expect(text.slice(0, entities[0]?.length)).toBe(`${all.length + 99} runs did not go well`)
        expect(text).not.toContain('\u202e')
      }),
    )
  })
})
