import type { DeliveryState, Failure } from '@kamihi/contracts'
import type { StepStatements } from './statements.ts'

/** Counter of the run that a state is counted in; a delivery in any other state is pending. */
const counters = {
  acting: 'inProgress',
  sending: 'inProgress',
  sent: 'sent',
  no_output: 'noOutput',
  failed: 'failed',
  unreachable: 'unreachable',
  cancelled: 'cancelled',
  expired: 'expired',
  uncertain: 'uncertain',
} as const satisfies Partial<Record<DeliveryState, string>>

type Counter = (typeof counters)[keyof typeof counters]
type Changes = Record<Counter, number>

/** What became of recipients, in order: an error, or null for a success. */
export type Outcomes = (Failure | null)[]

/** What steps change in runs, added up so that each run is written once however many of its deliveries moved. */
export interface Tally {
  move(runId: string, from: DeliveryState, to: DeliveryState): void
  succeeded(runId: string): void
  failed(runId: string, failure: Failure): void
  /** Writes the counters. */
  write(statements: StepStatements): void
  /** Each run that was touched, with what became of its recipients. */
  runs(): Iterable<[runId: string, outcomes: Outcomes]>
}

export function createTally(): Tally {
  const byRun = new Map<string, { changes: Changes; outcomes: Outcomes }>()
  const of = (runId: string) => {
    const known = byRun.get(runId) ?? { changes: noChanges(), outcomes: [] }
    byRun.set(runId, known)
    return known
  }
  return {
    move(runId, from, to) {
      const { changes } = of(runId)
      if (from in counters) changes[counters[from as keyof typeof counters]] -= 1
      if (to in counters) changes[counters[to as keyof typeof counters]] += 1
    },
    succeeded: (runId) => void of(runId).outcomes.push(null),
    failed: (runId, failure) => void of(runId).outcomes.push(failure),
    write(statements) {
      for (const [id, { changes }] of byRun)
        if (Object.values(changes).some((change) => change !== 0)) statements.count.run({ id, ...changes })
    },
    runs: () => [...byRun].map(([runId, { outcomes }]) => [runId, outcomes]),
  }
}

const noChanges = (): Changes => ({
  inProgress: 0,
  sent: 0,
  noOutput: 0,
  failed: 0,
  unreachable: 0,
  cancelled: 0,
  expired: 0,
  uncertain: 0,
})
