import type { DayOfDeliveries, Overview } from '@kamihi/contracts'
import { agendaOf, nextOf } from '@kamihi/jobs'
import type { PastTotals, Stretch } from '@kamihi/store'
import type { ApiContext } from '../context.ts'
import { withProgress } from '../presentation.ts'
import { type AttentionFacts, decideAttention } from './attention.ts'
import { type Day, lastDays } from './days.ts'
import type { PeopleCounts } from './peopleCounts.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
const days = 14
const mostRunning = 20
const mostUpcoming = 200
const mostTroubles = 100

/** All that the first page shows. */
export async function describeOverview(context: ApiContext, people: PeopleCounts): Promise<Overview> {
  const { kamihi } = context
  const { store, clock, config } = kamihi
  const now = clock.now()
  const past = lastDays(days, config.timezone, now)
  const [open, totals, next, upcoming, week] = await Promise.all([
    store.insights.open(mostRunning),
    store.insights.totals(past),
    nextOf(kamihi, now),
    agendaOf(kamihi, { from: now, to: now + dayMs, limit: mostUpcoming }),
    weekOf(context, people, now),
  ])
  const today = totals.at(-1)
  return {
    at: new Date(now).toISOString(),
    timezone: config.timezone,
    jobsEnabled: config.jobs.enabled,
    runsToday: today?.runs ?? 0,
    next,
    attention: decideAttention(await attentionFacts(context, now)),
    running: {
      items: open.items.map(withProgress(context)),
      total: open.total,
    },
    upcoming,
    days: past.map((day, index) => dayOf(day, totals[index])),
    week,
  }
}

const dayOf = ({ date }: Day, totals: PastTotals | undefined): DayOfDeliveries => ({
  date,
  sent: totals?.sent ?? 0,
  failed: (totals?.failed ?? 0) + (totals?.unsettled ?? 0),
  unreachable: totals?.unreachable ?? 0,
})

async function weekOf({ kamihi }: ApiContext, people: PeopleCounts, now: number): Promise<Overview['week']> {
  const { insights } = kamihi.store
  const thisWeek: Stretch = { from: now - weekMs, to: now + 1 }
  const lastWeek: Stretch = { from: now - 2 * weekMs, to: now - weekMs }
  const [totals, lag, lagBefore] = await Promise.all([
    insights.totals([thisWeek, lastWeek]),
    insights.medianLag(thisWeek),
    insights.medianLag(lastWeek),
  ])
  const [current, before] = totals
  const sent = (current?.sent ?? 0) + (before?.sent ?? 0)
  const counted = await people.of({ thisWeek, lastWeek }, sent, now)
  return {
    delivered: { thisWeek: current?.sent ?? 0, lastWeek: before?.sent ?? 0 },
    successRate: { thisWeek: successOf(current), lastWeek: successOf(before) },
    people: counted ?? { thisWeek: null, lastWeek: null },
    medianLagMs: { thisWeek: lag, lastWeek: lagBefore },
  }
}

/** Null where nobody was to be sent to. */
function successOf(totals: PastTotals | undefined): number | null {
  if (!totals) return null
  const { sent, failed, unreachable, unsettled } = totals
  const all = sent + failed + unreachable + unsettled
  return all === 0 ? null : sent / all
}

async function attentionFacts({ kamihi, jobs }: ApiContext, now: number): Promise<AttentionFacts> {
  const { store, telegram, health, config } = kamihi
  const { insights } = store
  const [scheduler, failures, troubles, blocked, broken, pausedJobs, open, thisWeek, lastWeek] =
    await Promise.all([
      jobs.describeScheduler(),
      insights.failures(now - weekMs, mostTroubles),
      insights.troubles(now - weekMs, mostTroubles),
      insights.blockedActions(),
      insights.brokenActions(),
      insights.pausedJobs(),
      insights.pausedRuns(mostRunning),
      insights.becameUnreachable({ from: now - weekMs, to: now + 1 }),
      insights.becameUnreachable({ from: now - 2 * weekMs, to: now - weekMs }),
    ])
  const [overdue] = scheduler.lagMs > 0 ? await insights.planned(now, {}, 1) : []
  const { state, detail } = telegram.state()
  return {
    now,
    jobsEnabled: config.jobs.enabled,
    telegram: { state, detail, since: telegram.traffic().since },
    health: health.status(),
    scheduler,
    overdue: overdue ? { id: overdue.id, name: overdue.name, action: overdue.action } : null,
    failures,
    troubles,
    pausedRuns: open,
    blocked,
    broken,
    pausedJobs,
    unreachable: { thisWeek, lastWeek },
  }
}
