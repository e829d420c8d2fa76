import type { DegradedReason } from '@kamihi/contracts'
import { StoreError } from '@kamihi/store'
import { describe, expect, it } from 'vitest'
import { noticeOf } from '../../src/health/notices.ts'
import { afterFailure, explanations, type HealthStatus } from '../../src/health/status.ts'

const ok: HealthStatus = { state: 'ok' }
const failure = (code: StoreError['code']) => new StoreError(code, `it is ${code}`)
const degraded = (reason: DegradedReason, since = 1): HealthStatus => ({
  state: 'degraded',
  reason,
  since,
  message: `it is ${reason}`,
})

describe('a failure of the database', () => {
  it.each([
    ['full', 'full'],
    ['readonly', 'readonly'],
    ['io', 'io'],
    ['corrupt', 'corrupt'],
    ['vanished', 'vanished'],
  ] as const)('%s degrades the bot', (code, reason) => {
    expect(afterFailure(ok, failure(code), 1)).toEqual(degraded(reason))
  })

  it.each(['busy', 'closed'] as const)('%s does not: it says nothing about the next write', (code) => {
    expect(afterFailure(ok, failure(code), 1)).toBe(ok)
  })

  it('that is known, or is less bad than what is known, changes nothing', () => {
    const full = degraded('full')
    expect(afterFailure(full, failure('full'), 2)).toBe(full)
    expect(afterFailure(full, failure('readonly'), 2)).toBe(full)
    const gone = degraded('vanished')
    expect(afterFailure(gone, failure('full'), 2)).toBe(gone)
  })

  it('that ends the bot counts also while it waits for a better one to pass', () => {
    expect(afterFailure(degraded('full'), failure('corrupt'), 2)).toEqual(degraded('corrupt', 2))
  })
})

describe('a notice', () => {
  it('says what is the matter and what happens now, and names no files', () => {
    const reasons = Object.keys(explanations) as DegradedReason[]
    expect(reasons.map((reason) => noticeOf(degraded(reason)))).toEqual([
      '⚠️ The disk of the database is full. Jobs wait and nothing is sent until it can be written again; that is tried every 15 seconds.',
      '⚠️ The database is read-only. Jobs wait and nothing is sent until it can be written again; that is tried every 15 seconds.',
      '⚠️ The disk of the database does not answer. Jobs wait and nothing is sent until it can be written again; that is tried every 15 seconds.',
      '⚠️ The database is damaged. The bot stops. Its log says how to bring the newest backup back.',
      '⚠️ The file of the database was removed or replaced. The bot stops. Its log says how to bring the newest backup back.',
    ])
    expect(noticeOf(ok)).toBe('✅ The database can be written again. Jobs go on where they stopped.')
  })
})
