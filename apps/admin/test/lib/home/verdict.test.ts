import { type RunCounts, type RunState, runStates } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { cancelledWords, hasEnded, verdictOf } from '../../../src/lib/home/verdict.ts'
import { es } from '../../../src/texts/es/index.ts'
import * as en from '../../../src/texts/index.ts'
import { none } from '../runs/noCounts.ts'

const run = (state: RunState, counts: Partial<RunCounts> = {}, more = {}) => ({
  state,
  reason: null,
  pausedBy: null,
  dryRun: false,
  error: null,
  counts: { ...none, ...counts },
  ...more,
})

describe('a run', () => {
  it.each([
    [run('running', { total: 5, pending: 2, sent: 3 }), '3 of 5 people done.'],
    [run('completed', { total: 3, sent: 3 }), 'Sent to 3 people.'],
    [
      run('completed', { total: 3, sent: 2, noOutput: 1 }),
      'Sent to 2 people. For 1 there was nothing to send.',
    ],
    [run('completed', { total: 2, noOutput: 2 }), 'The action ran and returned nothing to send.'],
    [run('completed'), 'The action ran; there was nobody to send to.'],
    [
      run('partial', { total: 5, sent: 3, failed: 1, unreachable: 1 }),
      '2 of 5 people did not get it; 3 did.',
    ],
    [run('failed', { total: 2, failed: 2 }), '2 of 2 people did not get it.'],
    [run('cancelled', { total: 9, sent: 4, cancelled: 5 }), 'Cancelled: 4 got it, 5 did not.'],
    [run('skipped', {}, { reason: 'overlap' }), 'The run before it had not ended.'],
  ])('%# says what became of it', (given, words) => {
    expect(verdictOf(given, en)).toBe(words)
  })

  it.each([
    [run('completed', { total: 2, noOutput: 2 }), /nothing was sent/],
    [
      run('partial', { total: 4, noOutput: 2, failed: 2 }),
      'Tried for 4 people; it failed for 2. Nothing was sent.',
    ],
    [
      run('partial', { total: 4, noOutput: 1, failed: 2, unreachable: 1 }),
      'Tried for 3 people; it failed for 2. Another 1 cannot be reached. Nothing was sent.',
    ],
    [
      run('partial', { total: 3, noOutput: 2, unreachable: 1 }),
      'Tried for 2 people. Another 1 cannot be reached. Nothing was sent.',
    ],
    [run('failed', { total: 2, failed: 2 }), 'Tried for 2 people; it failed for 2. Nothing was sent.'],
    [run('failed', { total: 2, unreachable: 2 }), 'Nobody can be reached, so it was tried for nobody.'],
    [
      run('failed', { total: 3, failed: 3 }, { error: { class: 'action_error', message: 'oops' } }),
      'The action failed. Nothing was sent.',
    ],
    [
      run('cancelled', { total: 9, noOutput: 4, cancelled: 5 }),
      'Cancelled: tried for 4 people, not for 5. Nothing was sent.',
    ],
  ])('%# that was a dry run does not claim to have sent, nor that people missed it', (given, words) => {
    expect(verdictOf({ ...given, dryRun: true }, en)).toMatch(words)
  })

  it('that was a dry run says so in Spanish', () => {
    const dry = run('partial', { total: 4, noOutput: 2, failed: 2 }, { dryRun: true })
    expect(verdictOf(dry, es)).toBe('Probada para 4 personas; falló para 2. No se envió nada.')
  })

  it('has an end that everything else follows', () => {
    expect(runStates.filter((state) => !hasEnded({ state }))).toEqual(['queued', 'running', 'paused'])
  })
})

it('that was cancelled says how far it had come, and by whom where that is known', () => {
  const at = '2026-11-26T09:00:00.000Z'
  const partial = { ...run('partial', { total: 3, sent: 1, failed: 2 }), cancelRequestedAt: at }
  expect(cancelledWords(partial, 'Ana', en.runs)).toBe('Cancelled by Ana after 1 of 3')
  expect(cancelledWords(partial, null, en.runs)).toBe('Cancelled after 1 of 3')
  expect(cancelledWords({ ...partial, state: 'running' }, 'Ana', en.runs)).toBeNull()
  expect(cancelledWords({ ...partial, cancelRequestedAt: null }, 'Ana', en.runs)).toBeNull()
})

it('is judged in the language of the reader', () => {
  expect(verdictOf(run('completed', { total: 3, sent: 3 }), es)).toBe('Enviado a 3 personas.')
})
