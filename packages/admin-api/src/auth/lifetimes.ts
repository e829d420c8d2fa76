import { type Config, timespanMs } from '@kamihi/core'

/** How long after showing who they are a person may do what needs a fresh sign-in. */
export const freshMs = 15 * 60_000

/** How long sessions last: `web.auth.session_idle` without use, `web.auth.session_max` at most. */
export function lifetimesOf({ web: { auth } }: Config): { idleMs: number; maxMs: number } {
  return { idleMs: timespanMs(auth.sessionIdle) ?? 0, maxMs: timespanMs(auth.sessionMax) ?? 0 }
}
