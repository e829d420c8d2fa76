import type { Failure } from '@kamihi/contracts'

/** How the first recipients of a run fared: one success and it is passed, five equal failures and it has tripped. */
export type Trial = { kind: 'trying'; failures: number; error: string } | { kind: 'passed' }

/** Equal failures of the first recipients after which a run is paused. */
export const tripsAfter = 5

/** Faults of one person, which say nothing about the next one. */
const aboutRecipient = new Set(['user_removed', 'blocked', 'deactivated', 'not_found', 'not_started'])

/** What a delivery that succeeded leaves of the trial. */
export const passed: Trial = { kind: 'passed' }

/** What a delivery that failed makes of the trial: it counts equal errors that are not about the recipient. */
export function afterFailure(trial: Trial | null, { class: name, message }: Failure): Trial | null {
  if (trial?.kind === 'passed' || aboutRecipient.has(name)) return trial
  const error = `${name}: ${message}`
  const failures = trial?.error === error ? trial.failures + 1 : 1
  return { kind: 'trying', failures, error }
}

/** True when so many recipients failed alike, and none succeeded, that the others are better kept from it. */
export const hasTripped = (trial: Trial | null): boolean =>
  trial?.kind === 'trying' && trial.failures >= tripsAfter
