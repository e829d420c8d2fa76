import type { Failure } from '@kamihi/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, hasTripped, passed, type Trial, tripsAfter } from '../src/trial.ts'

const wrongText: Failure = { class: 'bad_request', message: "can't parse entities" }
const crash: Failure = { class: 'action_error', message: 'boom' }
const blocked: Failure = { class: 'blocked', message: 'bot was blocked by the user' }
const outcome = fc.constantFrom<Failure | null>(wrongText, crash, blocked, null)

const after = (outcomes: (Failure | null)[]): Trial | null =>
  outcomes.reduce<Trial | null>(
    (trial, failure) => (failure === null ? passed : afterFailure(trial, failure)),
    null,
  )

describe('the trial of a run', () => {
  it('trips when the first five fail alike', () => {
    expect(hasTripped(after(Array(tripsAfter - 1).fill(crash)))).toBe(false)
    expect(hasTripped(after(Array(tripsAfter).fill(crash)))).toBe(true)
  })

  it('begins anew with another error', () => {
    expect(hasTripped(after([...Array(4).fill(crash), wrongText, crash]))).toBe(false)
  })

  it('does not count what is about one person', () => {
    expect(hasTripped(after(Array(20).fill(blocked)))).toBe(false)
    expect(hasTripped(after([crash, crash, blocked, crash, crash, crash]))).toBe(true)
  })

  it('is passed for good with one success', () => {
    fc.assert(
      fc.property(fc.array(outcome), fc.array(outcome), (before, later) => {
        expect(after([...before, null, ...later])).toEqual(passed)
      }),
    )
  })

  it('never trips without five equal errors in a row, leaving out those about one person', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 30 }), (outcomes) => {
        const counted = outcomes.filter((each) => each !== blocked)
        const last = counted.slice(-tripsAfter)
        const alike = last.length === tripsAfter && last.every((each) => each !== null && each === last[0])
        expect(hasTripped(after(outcomes))).toBe(alike && !outcomes.includes(null))
      }),
    )
  })
})
