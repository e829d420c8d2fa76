import type { AuditEntry, Occurrences, Run } from '@kamihi/contracts'
import type { Store } from '@kamihi/store'
import { explain } from './decide/explain.ts'
import { workOf } from './decide/workingHours.ts'
import { wordsOf } from './explainWords.ts'
import { occursAt, type Planner, scheduleOf } from './planner.ts'
import { type Schedule, unbounded } from './schedule/parse.ts'
import { nextRunAt } from './schedule/times.ts'

const mostShown = 100
/** Changes of one job that are looked at, newest first. */
const mostChanges = 1000

export interface Asked {
  /** Epoch milliseconds, both ends included. */
  from: number
  to: number
  now: number
}

/** What became of each time at which a job was or is to run, with the reason for each that did not; null when there is no such job. */
export async function explainJob(
  planner: Planner,
  id: string,
  { from, to, now }: Asked,
): Promise<Occurrences | null> {
  const { store, config } = planner
  const job = await store.jobs.get(id)
  if (!job) return null
  const schedule = scheduleOf(planner, job)
  const runs = await store.runs.listScheduled(id, from, to, mostShown * 2)
  // Times before its start and after its end are told of as well.
  const always = schedule && { ...schedule, ...unbounded }
  const instants = merge(always ? occurrencesOf(always, from, to) : [], recorded(runs, from, to))
  const shown = instants.slice(0, mostShown)
  const evidence = {
    now,
    jobsEnabled: config.jobs.enabled,
    job,
    runs,
    skips: await store.jobs.skips(id),
    pauses: await store.scheduler.pauses(),
    history: await historyOf(store, id),
    work: workOf(await store.scheduler.spans(from, to), now),
    occurred: (settings: Parameters<typeof scheduleOf>[1], at: number) => {
      const before = scheduleOf(planner, settings)
      return before !== null && occursAt(before, at)
    },
  }
  const zone = job.timezone ?? config.timezone
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    items: shown.map((at) => wordsOf(at, zone, explain(at, evidence))),
    truncated: instants.length > mostShown,
  }
}

/** Times of the schedule, one more than is shown. */
function occurrencesOf(schedule: Schedule, from: number, to: number): number[] {
  const found: number[] = []
  let at = nextRunAt(schedule, from - 1)
  while (at !== null && at <= to && found.length <= mostShown) {
    found.push(at)
    at = nextRunAt(schedule, at)
  }
  return found
}

/** Times that have a row, by whichever schedule they came. */
const recorded = (runs: Run[], from: number, to: number): number[] =>
  runs.map(({ scheduledFor }) => Date.parse(scheduledFor)).filter((at) => at >= from && at <= to)

const merge = (a: number[], b: number[]): number[] => [...new Set([...a, ...b])].sort((x, y) => x - y)

/** What people did to the job, oldest first. */
async function historyOf(store: Store, id: string): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  let cursor: string | null = null
  do {
    const query = { objectKind: 'job', objectId: id, sort: 'at' as const, order: 'desc' as const, limit: 200 }
    const page = await store.audit.list({ ...query, ...(cursor ? { cursor } : {}) })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor && found.length < mostChanges)
  return found.reverse()
}
