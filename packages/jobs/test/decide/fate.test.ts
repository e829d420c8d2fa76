import type { SendOutcome } from '@kamihi/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoff, type Fate, fateOf } from '../../src/decide/fate.ts'

const guarantees = ['at-least-once', 'at-most-once'] as const
/** Numbers in [0, 1), as `Math.random` gives them. */
const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

const outcomes = {
  sent: { kind: 'sent', messageId: 5 },
  retry_after: { kind: 'retry_after', seconds: 10_072 },
  unreachable: { kind: 'unreachable', reachability: 'blocked', message: 'blocked' },
  migrated: { kind: 'migrated', chatId: -100 },
  rejected: { kind: 'rejected', message: 'too long' },
  unauthorized: { kind: 'unauthorized', message: 'Unauthorized' },
  unavailable: { kind: 'unavailable', message: 'Bad Gateway' },
  ambiguous: { kind: 'ambiguous', message: 'socket hang up' },
  withdrawn: { kind: 'withdrawn' },
} satisfies { [K in SendOutcome['kind']]: Extract<SendOutcome, { kind: K }> }

/** Tries again and again with the same outcome, until it is no retry any more or `most` tries were made. */
function tryAgain(outcome: SendOutcome, most: number): { fate: Fate; tries: number; waitedMs: number[] } {
  let attempts = 0
  let lastClass: string | null = null
  const waitedMs: number[] = []
  for (let tries = 1; ; tries += 1) {
    const fate = fateOf(outcome, attempts, 'at-least-once', 0.999, lastClass)
    if (fate.kind !== 'retry' || tries === most) return { fate, tries, waitedMs }
    waitedMs.push(fate.afterMs)
    lastClass = fate.class
    if (fate.countsAsAttempt) attempts += 1
  }
}

describe('the backoff', () => {
  it('is jittered over all of 2 s · 2ⁿ, and never more than a minute', () => {
    fc.assert(
      fc.property(fc.nat(200), dice, (attempt, random) => {
        const most = Math.min(60_000, 2000 * 2 ** attempt)
        const waitMs = backoff(attempt, random)
        expect(Number.isInteger(waitMs)).toBe(true)
        expect(waitMs).toBeGreaterThanOrEqual(0)
        expect(waitMs).toBeLessThanOrEqual(most)
        expect(Math.abs(waitMs - random * most)).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  it.each([
    [0, 2000],
    [1, 4000],
    [2, 8000],
    [3, 16_000],
    [4, 32_000],
    [5, 60_000],
    [100, 60_000],
  ])('is at most this after try %i: %i ms', (attempt, most) => {
    expect(backoff(attempt, 0.999_999_9)).toBe(most)
    expect(backoff(attempt, 0)).toBe(0)
  })
})

describe('the fate of a delivery', () => {
  it('goes on after a message that arrived', () => {
    expect(fateOf(outcomes.sent, 4, 'at-least-once', 0.5)).toEqual({ kind: 'next', messageId: 5 })
  })

  it('waits as long as Telegram asks, which is no failure however often it happens', () => {
    expect(fateOf(outcomes.retry_after, 4, 'at-least-once', 0.5)).toMatchObject({
      kind: 'retry',
      afterMs: 10_072_000,
      class: 'flood',
      countsAsAttempt: false,
      possiblyDuplicated: false,
    })
    expect(tryAgain(outcomes.retry_after, 1000).tries).toBe(1000)
  })

  it('waits a minute while Telegram does not know the token, which is no failure of the delivery', () => {
    expect(fateOf(outcomes.unauthorized, 4, 'at-least-once', 0.5)).toMatchObject({
      kind: 'retry',
      afterMs: 60_000,
      class: 'unauthorized',
      countsAsAttempt: false,
    })
    expect(tryAgain(outcomes.unauthorized, 1000).tries).toBe(1000)
  })

  it.each(['unavailable', 'ambiguous'] as const)('fails after five tries that were %s', (kind) => {
    const { fate, tries, waitedMs } = tryAgain(outcomes[kind], 1000)
    expect(fate.kind).toBe('failed')
    expect(tries).toBe(5)
    expect(waitedMs).toEqual([1998, 3996, 7992, 15_984])
  })

  it('follows a chat that moved at once and without counting, and does not follow it for ever', () => {
    expect(fateOf(outcomes.migrated, 4, 'at-least-once', 0.5, null)).toEqual({
      kind: 'retry',
      afterMs: 0,
      class: 'migrated',
      message: 'The chat moved to -100.',
      chatId: -100,
      countsAsAttempt: false,
      possiblyDuplicated: false,
    })
    expect(fateOf(outcomes.migrated, 0, 'at-least-once', 0.5, 'migrated')).toMatchObject({
      countsAsAttempt: true,
      chatId: -100,
      afterMs: 1000,
    })
    expect(fateOf(outcomes.migrated, 4, 'at-least-once', 0.5, 'network')).toMatchObject({ kind: 'retry' })
    expect(tryAgain(outcomes.migrated, 1000)).toMatchObject({ fate: { kind: 'failed' }, tries: 6 })
  })

  it('counts a move of the chat where nobody knows what was before', () => {
    expect(fateOf(outcomes.migrated, 0, 'at-least-once', 0.5)).toMatchObject({ countsAsAttempt: true })
    expect(fateOf(outcomes.migrated, 4, 'at-least-once', 0.5)).toMatchObject({ kind: 'failed' })
  })

  it('ends at once where another try would end the same', () => {
    expect(fateOf(outcomes.rejected, 0, 'at-least-once', 0.5)).toEqual({
      kind: 'failed',
      class: 'bad_request',
      message: 'too long',
    })
    expect(fateOf(outcomes.unreachable, 0, 'at-least-once', 0.5)).toMatchObject({
      kind: 'unreachable',
      reachability: 'blocked',
    })
  })

  it('sends again what may have arrived, and says so, unless it is to arrive once at most', () => {
    expect(fateOf(outcomes.ambiguous, 0, 'at-least-once', 0.5)).toMatchObject({
      kind: 'retry',
      possiblyDuplicated: true,
    })
    expect(fateOf(outcomes.ambiguous, 0, 'at-most-once', 0.5)).toEqual({
      kind: 'uncertain',
      message: 'socket hang up',
    })
  })

  it('never says that a message may be there twice when it cannot', () => {
    for (const [kind, outcome] of Object.entries(outcomes))
      for (const guarantee of guarantees) {
        const fate = fateOf(outcome, 0, guarantee, 0.5, null)
        if (fate.kind === 'retry') expect(fate.possiblyDuplicated).toBe(kind === 'ambiguous')
      }
  })

  it('waits within the bounds of the backoff, and fails never before the fifth try', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(outcomes)),
        fc.nat(10),
        fc.constantFrom(...guarantees),
        dice,
        fc.constantFrom(undefined, null, 'migrated', 'network'),
        (outcome, attempts, guarantee, random, lastClass) => {
          const fate = fateOf(outcome, attempts, guarantee, random, lastClass)
          if (fate.kind === 'retry' && fate.countsAsAttempt) {
            expect(attempts).toBeLessThan(4)
            expect(fate.afterMs).toBe(backoff(attempts, random))
          }
          if (fate.kind === 'failed' && outcome.kind !== 'rejected')
            expect(attempts).toBeGreaterThanOrEqual(4)
        },
      ),
    )
  })
})
