import type { User } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'

/** Everyone a run is for. */
export type Audiences = (runId: string) => Promise<User[]>

const kept = 4

/** Remembers the audiences of the last few runs: each action of a per-user run is given all of them, and they do not change. */
export function rememberAudiences(runs: Store['runs']): Audiences {
  const known = new Map<string, Promise<User[]>>()
  return (runId) => {
    const found = known.get(runId) ?? runs.audience(runId)
    known.delete(runId)
    known.set(runId, found)
    found.catch(() => known.delete(runId))
    if (known.size > kept) known.delete(known.keys().next().value ?? '')
    return found
  }
}
