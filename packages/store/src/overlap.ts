import type { OnOverlap, Overlap, Run } from '@kamihi/contracts'

/** A run of the same job that has not ended. */
export type OpenRun = Pick<Run, 'id' | 'trigger'> & { state: 'queued' | 'running' | 'paused' }

/** What a run that comes while others of its job are open does to them, and whether it comes at all. */
export type OverlapDecision = { kind: 'blocked'; blocking: string } | Admission

export interface Admission {
  kind: 'admitted'
  /** No new recipients for these. */
  cancels: string[]
  /** These wait no longer, the new one takes their place. */
  displaces: string[]
}

const free: Admission = { kind: 'admitted', cancels: [], displaces: [] }
const idsOf = (open: OpenRun[]): string[] => open.map(({ id }) => id)

/** What the policy of the job says about an occurrence. `open`: oldest first; the first of them is the one whose turn it is. */
export function admitOccurrence(policy: Overlap, open: OpenRun[]): OverlapDecision {
  const [current, ...others] = open
  if (!current) return free
  switch (policy) {
    case 'allow':
      return free
    case 'skip':
      return { kind: 'blocked', blocking: current.id }
    case 'replace':
      return { ...free, cancels: idsOf(open) }
    case 'queue':
      // One waits, the newest. What a person asked for keeps its place.
      return { ...free, displaces: idsOf(others.filter(isWaitingOccurrence)) }
  }
}

/** The same for a run that a person asked for: where it would be dropped or has to wait, that is theirs to choose. */
export function admitRequest(policy: Overlap, chosen: OnOverlap | null, open: OpenRun[]): OverlapDecision {
  const [current] = open
  if (!current || chosen === 'wait') return free
  if (chosen === 'replace' || policy === 'replace') return { ...free, cancels: idsOf(open) }
  return policy === 'allow' ? free : { kind: 'blocked', blocking: current.id }
}

/** Whether a run admitted beside others begins only after they have ended; kept as the policy of the run itself. */
export const policyOf = (policy: Overlap, chosen: OnOverlap | null): Overlap =>
  chosen === 'wait' && policy !== 'replace' ? 'queue' : policy

const isWaitingOccurrence = ({ state, trigger }: OpenRun): boolean =>
  state === 'queued' && trigger === 'schedule'
