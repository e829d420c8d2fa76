import type { DeliveryState, JobSettings, RunState } from '@kamihi/contracts'
import { isTerminalDelivery, isTerminalRun, outcomeOf } from '../../src/states.ts'
import type { DeliveryStep } from '../../src/store.ts'

/** What the store is said to do, once more and as plainly as can be, over objects in memory. */

export interface RefJob {
  id: string
  settings: JobSettings
  version: number
  cursor: number | null
  archived: boolean
}

export interface RefDelivery {
  id: string
  run: RefRun
  user: string
  state: DeliveryState
  holder: string | null
  until: number
  dueAt: number
  /** How many parts the action returned; null while it has not. */
  output: number | null
  nextPart: number
  /** Parts that were begun and are not known to have arrived. */
  begun: Set<number>
  /** Parts that may arrive twice from now on: those of a send whose end nobody knows. */
  doubtful: Set<number>
  /** Set when it ended after a send whose end nobody knows. */
  ambiguous: boolean
  /** How often the action may still be called. */
  calls: number
}

export interface RefRun {
  id: string
  job: RefJob
  /** As the job was when it was enqueued. */
  settings: JobSettings
  idempotent: boolean
  trigger: 'schedule' | 'manual' | 'retry'
  scheduledFor: number
  key: string
  state: RunState
  createdAt: number
  deadlineAt: number
  only: string[] | null
  dryRun: boolean
  retryOf: RefRun | null
  /** Null until the audience is written. */
  people: RefDelivery[] | null
  /** Of an action that runs once for all. */
  output: number | null
  actionStarted: boolean
  failed: boolean
  holder: string | null
  until: number
  cancelled: boolean
}

export const isOpen = (run: RefRun) => !isTerminalRun(run.state)
const waiting = (d: RefDelivery) => ['pending', 'acted', 'retrying'].includes(d.state)
export const openRunsOf = (runs: RefRun[], job: RefJob) =>
  runs.filter((r) => r.job === job && isOpen(r)).sort(byAge)
/** The order of turns: of runs written together the one of the earlier instant comes first. */
export const byAge = (a: RefRun, b: RefRun) =>
  a.createdAt - b.createdAt || a.scheduledFor - b.scheduledFor || (a.id < b.id ? -1 : 1)

/** Which runs a worker may take now, oldest first. */
export function claimableRuns(runs: RefRun[], now: number): RefRun[] {
  const blocked = (run: RefRun) =>
    ['queue', 'replace'].includes(run.settings.overlap) &&
    openRunsOf(runs, run.job).some((r) => r !== run && (r.state !== 'queued' || byAge(r, run) < 0))
  const unprepared = (run: RefRun) => run.people === null || actionOpen(run)
  return runs
    .filter((run) =>
      run.state === 'queued'
        ? !blocked(run)
        : run.state === 'running' && unprepared(run) && (run.holder === null || run.until < now),
    )
    .sort(byAge)
}

export function claimRun(run: RefRun, holder: string, until: number): void {
  Object.assign(run, { state: 'running', holder, until })
}

/** A run for all whose action has not ended. */
const actionOpen = (run: RefRun) => !run.settings.perUser && run.output === null && !run.failed

export function claimableDeliveries(runs: RefRun[], now: number): RefDelivery[] {
  return runs
    .filter((run) => run.state === 'running' && (run.settings.perUser || run.output !== null))
    .sort(byAge)
    .flatMap((run) => run.people ?? [])
    .filter((d) => d.holder === null && (d.state === 'retrying' ? d.dueAt <= now : waiting(d)))
}

/** Gives a delivery to a worker; what the action returned for all is then that of this person. */
export function lend(d: RefDelivery, holder: string, until: number): void {
  Object.assign(d, { holder, until, output: d.output ?? d.run.output })
  if (d.state === 'pending' && d.output !== null) d.state = 'acted'
}

/** Ends a run when nothing of it is open. */
export function close(run: RefRun): void {
  if (!isOpen(run) || run.people === null || run.people.some((d) => !isTerminalDelivery(d.state))) return
  if (actionOpen(run) && !run.cancelled) return
  const n = (state: DeliveryState) => (run.people ?? []).filter((d) => d.state === state).length
  const [sent, noOutput, failed, unreachable] = [n('sent'), n('no_output'), n('failed'), n('unreachable')]
  const [cancelled, expired, uncertain] = [n('cancelled'), n('expired'), n('uncertain')]
  end(run, outcomeOf({ sent, noOutput, failed, unreachable, cancelled, expired, uncertain }, run.cancelled))
}

export function end(run: RefRun, state: RunState): void {
  Object.assign(run, { state, holder: null })
}

/** Ends what nobody has in hand. */
function endWaiting(run: RefRun, state: DeliveryState): void {
  for (const d of run.people ?? [])
    if (waiting(d))
      Object.assign(d, { state: d.doubtful.has(d.nextPart) ? 'uncertain' : state, holder: null })
}

export function cancel(run: RefRun): void {
  run.cancelled = true
  endWaiting(run, 'cancelled')
  if (!run.people?.length) end(run, 'cancelled')
  else close(run)
}

export function expire(run: RefRun): void {
  endWaiting(run, 'expired')
  end(run, 'expired')
}

export function pause(run: RefRun): void {
  if (run.state !== 'running' || run.cancelled) return
  run.state = 'paused'
  for (const d of run.people ?? []) if (waiting(d)) d.holder = null
}

export function resume(run: RefRun): void {
  run.state = 'running'
  close(run)
}

export function returned(run: RefRun, parts: number): void {
  Object.assign(run, { output: parts, holder: null })
  const nothing = parts === 0 || run.dryRun
  for (const d of run.people ?? []) if (nothing && d.state === 'pending') d.state = 'no_output'
  close(run)
}

export function failRun(run: RefRun): void {
  run.failed = true
  endWaiting(run, 'failed')
  end(run, 'failed')
}

/** Puts a delivery back to wait, or ends it where its run takes nothing more. `inDoubt`: the part may have arrived. */
function layDown(d: RefDelivery, state: DeliveryState, inDoubt: boolean): void {
  const goesOn = isOpen(d.run) && !d.run.cancelled
  if (goesOn && inDoubt) d.doubtful.add(d.nextPart)
  const end = inDoubt ? 'uncertain' : d.run.cancelled ? 'cancelled' : 'expired'
  Object.assign(d, { state: goesOn ? state : end, holder: null })
}

const allowed: Record<DeliveryStep['kind'], DeliveryState[]> = {
  acting: ['pending', 'retrying'],
  acted: ['pending', 'acting'],
  sending: ['acted', 'sending', 'retrying'],
  part_sent: ['sending'],
  sent: ['acted', 'sending'],
  no_output: ['pending', 'acting', 'acted'],
  retry: ['acting', 'acted', 'sending'],
  failed: ['pending', 'acting', 'acted', 'sending', 'retrying'],
  unreachable: ['pending', 'acted', 'sending', 'retrying'],
  uncertain: ['sending'],
  expired: ['pending', 'acting', 'acted', 'sending', 'retrying'],
  cancelled: ['pending', 'acting', 'acted', 'sending', 'retrying'],
  released: ['pending', 'acted', 'sending', 'retrying'],
}

/** True when the store must accept it; the delivery and its run then are as they are after it. */
export function step(d: RefDelivery, taken: DeliveryStep): boolean {
  if (d.holder !== taken.worker || !allowed[taken.kind].includes(d.state)) return false
  switch (taken.kind) {
    case 'acting':
      d.state = 'acting'
      break
    case 'acted':
      Object.assign(d, { state: 'acted', output: taken.output.length })
      break
    case 'sending':
      Object.assign(d, { state: 'sending', nextPart: taken.part })
      d.begun.add(taken.part)
      break
    case 'part_sent':
      d.begun.delete(taken.part)
      d.nextPart = taken.part + 1
      break
    case 'retry':
      d.dueAt = taken.at
      if (d.state === 'acting') d.calls += 1
      layDown(d, 'retrying', taken.possiblyDuplicated)
      break
    case 'released':
      layDown(d, d.state === 'sending' ? 'acted' : d.state, false)
      break
    default:
      d.ambiguous = 'failure' in taken && taken.failure.class === 'ambiguous'
      Object.assign(d, { state: taken.kind, holder: null })
  }
  close(d.run)
  return true
}

/** What becomes of the deliveries of workers that died. */
export function rescue(runs: RefRun[], now: number): void {
  const dead = runs.flatMap((run) => run.people ?? []).filter((d) => d.holder !== null && d.until < now)
  for (const d of dead) {
    const inAir = d.state === 'sending' && d.begun.has(d.nextPart)
    if (d.state === 'acting' && !d.run.idempotent) Object.assign(d, { state: 'failed', holder: null })
    else if (inAir && d.run.settings.delivery === 'at-most-once')
      Object.assign(d, { state: 'uncertain', holder: null })
    else {
      if (d.state === 'acting') d.calls += 1
      const back = { acting: 'pending', sending: 'acted' } as const
      layDown(d, d.state === 'acting' || d.state === 'sending' ? back[d.state] : d.state, inAir)
    }
  }
  for (const run of new Set(dead.map((d) => d.run))) close(run)
}
