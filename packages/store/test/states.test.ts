import { type DeliveryState, deliveryStates, type RunState, runStates } from '@kamihi/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  busyDeliveryStates,
  deliveryCorrections,
  deliveryMoves,
  deliveryOrigins,
  deliveryStarts,
  isTerminalDelivery,
  isTerminalRun,
  type Outcome,
  openRunStates,
  outcomeOf,
  runCorrections,
  runMoves,
  runStarts,
  waitingDeliveryStates,
} from '../src/states.ts'

/** All that can be reached from some states by moves of a table, themselves included. */
function reachable(moves: Record<string, readonly string[]>, from: readonly string[]): string[] {
  const found = new Set(from)
  for (const state of found) for (const next of moves[state] ?? []) found.add(next)
  return [...found].sort()
}

describe.each([
  { what: 'runs', states: runStates, moves: runMoves, starts: runStarts, isTerminal: isTerminalRun },
  {
    what: 'deliveries',
    states: deliveryStates,
    moves: deliveryMoves,
    starts: deliveryStarts,
    isTerminal: isTerminalDelivery,
  },
] as {
  what: string
  states: readonly string[]
  moves: Record<string, readonly string[]>
  starts: readonly string[]
  isTerminal: (state: string) => boolean
}[])('the table of $what', ({ states, moves, starts, isTerminal }) => {
  it('leaves no state out of reach', () => {
    expect(reachable(moves, starts)).toEqual([...states].sort())
  })

  it('leads from every open state to an end, and from an end nowhere', () => {
    for (const state of states) {
      if (isTerminal(state)) expect(moves[state]).toEqual([])
      else expect(reachable(moves, [state]).some(isTerminal)).toBe(true)
    }
  })
})

describe('what a person may correct', () => {
  it('leads from one end to another', () => {
    for (const [from, ends] of Object.entries(deliveryCorrections))
      expect([from, ...ends].every((state) => isTerminalDelivery(state as DeliveryState))).toBe(true)
    for (const [from, ends] of Object.entries(runCorrections))
      expect([from, ...ends].every((state) => isTerminalRun(state as RunState))).toBe(true)
  })
})

describe('states of deliveries', () => {
  it('that are open are either waiting or in somebody’s hands', () => {
    const open = deliveryStates.filter((state) => !isTerminalDelivery(state))
    expect([...waitingDeliveryStates, ...busyDeliveryStates].sort()).toEqual([...open].sort())
  })

  it('that wait may all end with their run', () => {
    for (const end of ['cancelled', 'expired', 'failed'] as const)
      expect(deliveryOrigins(end)).toEqual(expect.arrayContaining([...waitingDeliveryStates]))
  })
})

describe('how a run ends', () => {
  const kinds = ['sent', 'noOutput', 'failed', 'unreachable', 'cancelled', 'expired', 'uncertain'] as const
  const counts: fc.Arbitrary<Outcome> = fc.record(
    Object.fromEntries(kinds.map((kind) => [kind, fc.oneof(fc.constant(0), fc.nat(100_000))])) as Record<
      (typeof kinds)[number],
      fc.Arbitrary<number>
    >,
  )
  const given = (some: Partial<Outcome>, cancelRequested = false) => {
    const none = { sent: 0, noOutput: 0, failed: 0, unreachable: 0, cancelled: 0, expired: 0, uncertain: 0 }
    return outcomeOf({ ...none, ...some }, cancelRequested)
  }

  it('is known for any counts, and is an end that every begun run may come to', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), (some, cancelRequested) => {
        const end = outcomeOf(some, cancelRequested)
        expect(isTerminalRun(end)).toBe(true)
        for (const state of openRunStates.filter((open) => open !== 'queued'))
          expect(runMoves[state]).toContain(end)
      }),
    )
  })

  it('rests on which counts there are, not on how large they are', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), (some, cancelRequested) => {
        const ones = Object.fromEntries(kinds.map((kind) => [kind, Math.min(1, some[kind])]))
        expect(outcomeOf(some, cancelRequested)).toBe(given(ones, cancelRequested))
      }),
    )
  })

  it('is completed if and only if everybody got it or had nothing to get', () => {
    fc.assert(
      fc.property(counts, fc.boolean(), (some, cancelRequested) => {
        const without = kinds
          .filter((kind) => kind !== 'sent' && kind !== 'noOutput')
          .every((kind) => some[kind] === 0)
        expect(outcomeOf(some, cancelRequested) === 'completed').toBe(without)
      }),
    )
  })

  it('is cancelled whenever somebody cancelled it and a recipient was left out for that', () => {
    fc.assert(
      fc.property(counts, (some) => {
        expect(outcomeOf({ ...some, cancelled: some.cancelled + 1 }, true)).toBe('cancelled')
      }),
    )
  })

  it.each([
    [{}, 'completed'],
    [{ sent: 3 }, 'completed'],
    [{ noOutput: 3 }, 'completed'],
    [{ sent: 1, failed: 1 }, 'partial'],
    [{ noOutput: 1, unreachable: 1 }, 'partial'],
    [{ sent: 1, expired: 1 }, 'partial'],
    [{ failed: 1 }, 'failed'],
    [{ unreachable: 2 }, 'failed'],
    [{ uncertain: 1 }, 'failed'],
    [{ failed: 1, expired: 5 }, 'failed'],
    [{ expired: 1 }, 'expired'],
    [{ cancelled: 1 }, 'cancelled'],
    [{ cancelled: 1, expired: 1 }, 'expired'],
  ] as const)('with %j is %s', (some, end) => {
    expect(given(some)).toBe(end)
  })
})
