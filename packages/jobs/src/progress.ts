import type { RunProgress } from '@kamihi/contracts'
import type { Kamihi } from '@kamihi/core'
import type { RunStanding } from '@kamihi/store'
import { progressOf, type Sample, windowMs } from './decide/eta.ts'

/** How fast the runs go that are at work. */
export interface Progress {
  /** To be called with each change of a run; costs next to nothing. */
  note(run: RunStanding): void
  /** Null for a run that is not at work, or of which nothing is known yet. */
  of(run: RunStanding): RunProgress | null
}

/** One sample a second and run is enough. */
const apartMs = 1000
/** Runs that are followed; of those that end in another process nobody tells. */
const mostFollowed = 1000

interface Followed {
  samples: Sample[]
  newest: Sample
}

export function createProgress({
  clock,
  config,
  telegram,
}: Pick<Kamihi, 'clock' | 'config' | 'telegram'>): Progress {
  const runs = new Map<string, Followed>()
  return {
    note(run) {
      // A run that was paused begins anew: how fast it was before says nothing.
      if (run.state !== 'running') return void runs.delete(run.id)
      const newest = { at: clock.monotonic(), ended: endedOf(run) }
      const followed = runs.get(run.id)
      if (followed) return follow(followed, newest)
      runs.set(run.id, { samples: [newest], newest })
      if (runs.size > mostFollowed) runs.delete(runs.keys().next().value ?? '')
    },
    of(run) {
      const followed = runs.get(run.id)
      if (!followed || run.state !== 'running') return null
      const { counts } = run
      return progressOf({
        samples: [...followed.samples, followed.newest],
        now: clock.monotonic(),
        remaining: counts.pending + counts.inProgress,
        permittedPerSecond: counts.sent === 0 ? Number.POSITIVE_INFINITY : config.telegram.rate.global,
        isHeldUp: telegram.state().state !== 'connected',
      })
    },
  }
}

const endedOf = ({ counts }: RunStanding): number => counts.total - counts.pending - counts.inProgress

/** Keeps the samples of the window, and one before it to measure from. */
function follow(followed: Followed, newest: Sample): void {
  const { samples } = followed
  const before = samples.at(-1)
  if (!before || newest.at - before.at >= apartMs) samples.push(newest)
  while (samples[1] && samples[1].at <= newest.at - windowMs) samples.shift()
  followed.newest = newest
}
