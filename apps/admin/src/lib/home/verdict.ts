import { type Run, type RunCounts, terminalRunStates } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

export const hasEnded = (run: Pick<Run, 'state'>): boolean =>
  (terminalRunStates as readonly string[]).includes(run.state)

/** How many recipients did not get it, for whatever reason. */
export const missedOut = (counts: RunCounts): number =>
  counts.failed + counts.unreachable + counts.cancelled + counts.expired + counts.uncertain

/** Recipients that nothing more will be done for. */
export const served = (counts: RunCounts): number => counts.total - counts.pending - counts.inProgress

type Judged = Pick<Run, 'state' | 'reason' | 'counts' | 'dryRun' | 'error' | 'pausedBy'>

/** How a run ended, or what it does, in a sentence. */
export function verdictOf(run: Judged, { runs, states }: Pick<Texts, 'runs' | 'states'>): string {
  const { state, counts } = run
  const words = runs.verdict
  switch (state) {
    case 'queued':
      return words.queued
    case 'running':
      return counts.total === 0 ? words.acting : words.running(served(counts), counts.total)
    case 'paused':
      return pausedWords(run, words)
    case 'skipped':
      return run.reason ? states.skip[run.reason] : words.skipped
    case 'expired':
      return words.expired
    case 'cancelled':
      return run.dryRun
        ? words.dryCancelled(triedOf(counts), counts.cancelled)
        : words.cancelled(counts.sent, counts.cancelled)
    case 'completed':
      return completed(run, words)
    case 'partial':
    case 'failed':
      return run.dryRun ? dryFailed(run, words) : failed(counts, words)
  }
}

/** That somebody cancelled it, and how far it had come; null for any other run. */
export function cancelledWords(
  run: Pick<Run, 'state' | 'cancelRequestedAt' | 'counts'>,
  by: string | null,
  runs: Texts['runs'],
): string | null {
  if (run.cancelRequestedAt === null || !hasEnded(run)) return null
  const { sent, noOutput, total } = run.counts
  const done = sent + noOutput
  return by === null ? runs.cancelledAfter(done, total) : runs.cancelledBy(by, done, total)
}

type Words = Texts['runs']['verdict']

function pausedWords({ pausedBy, counts }: Judged, words: Words): string {
  if (pausedBy === 'breaker') return words.breaker(counts.pending)
  return pausedBy ? words.pausedBy(pausedBy, counts.pending) : words.paused(counts.pending)
}

function completed({ counts, dryRun }: Judged, words: Words): string {
  if (dryRun) return words.dry
  if (counts.total === 0) return words.nobody
  if (counts.sent === 0) return words.nothing
  return counts.noOutput > 0 ? words.sentSome(counts.sent, counts.noOutput) : words.sent(counts.sent)
}

/** People for whom the action had its say. */
const triedOf = (counts: RunCounts): number => counts.sent + counts.noOutput + counts.failed

function dryFailed({ counts, error }: Judged, words: Words): string {
  if (error !== null) return words.dryActionFailed
  const [tried, { failed, unreachable }] = [triedOf(counts), counts]
  if (unreachable === 0) return words.dryTried(tried, failed)
  return tried === 0 ? words.dryUnreachable : words.dryTriedSome(tried, failed, unreachable)
}

function failed(counts: RunCounts, words: Words): string {
  if (counts.total === 0) return words.failed
  const fine = counts.sent + counts.noOutput
  const missed = missedOut(counts)
  return fine > 0 ? words.missedSome(missed, counts.total, fine) : words.missedOut(missed, counts.total)
}
