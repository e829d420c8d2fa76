import type { DeliveryState } from '@kamihi/contracts'
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

/** Changes of counters, added up so that each run is written once however many of its deliveries moved. */
export interface Tally {
  move(runId: string, from: DeliveryState, to: DeliveryState): void
  write(statements: StepStatements): void
}

export function createTally(): Tally {
  const byRun = new Map<string, Changes>()
  const changesOf = (runId: string): Changes => {
    const known = byRun.get(runId) ?? noChanges()
    byRun.set(runId, known)
    return known
  }
  return {
    move(runId, from, to) {
      const changes = changesOf(runId)
      if (from in counters) changes[counters[from as keyof typeof counters]] -= 1
      if (to in counters) changes[counters[to as keyof typeof counters]] += 1
    },
    write(statements) {
      for (const [id, changes] of byRun) {
        if (Object.values(changes).some((change) => change !== 0)) statements.count.run({ id, ...changes })
      }
      byRun.clear()
    },
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
