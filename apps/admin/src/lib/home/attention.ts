import type { AttentionItem } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'
import type { Look } from '../display/states.ts'
import { titleOf } from '../jobs/jobDraft.ts'

/** What can be done about it at once. */
export type Remedy =
  | { kind: 'retry'; runId: string; count: number }
  | { kind: 'resume_run'; runId: string }
  | { kind: 'resume_scheduler' }
export interface Row {
  look: Look
  text: string
  detail: string | null
  remedy: Remedy | null
  /** Where to look into it, and what else leads on. */
  links: { href: string; label: string }[]
}
interface Say {
  time: (at: number) => string
  duration: (ms: number) => string
}
type Words = Pick<Texts, 'home' | 'states' | 'why'>
type Attention = Texts['home']['attention']
type Of<K extends AttentionItem['kind']> = Extract<AttentionItem, { kind: K }>

const danger: Look = { tone: 'danger', icon: 'cross' }
const warn: Look = { tone: 'warn', icon: 'half' }
const waits: Look = { tone: 'warn', icon: 'clock' }

/** What tells something that waits from others, also over time: a newer failure of a job is the same thing once more. */
export function attentionKey(item: AttentionItem): string {
  switch (item.kind) {
    case 'run_failed':
    case 'job_overdue':
      return `${item.kind} ${item.job.id}`
    case 'missed':
    case 'uncertain':
    case 'run_paused':
      return `${item.kind} ${item.runId}`
    case 'action_blocked':
      return `${item.kind} ${item.action}`
    default:
      return item.kind
  }
}

/** Something that waits for a person, as a row: what it is, what can be done, where to look. */
export function attentionRow(item: AttentionItem, words: Words, say: Say): Row {
  const { attention } = words.home
  const open = (href: string) => [{ href, label: attention.open }]
  switch (item.kind) {
    case 'run_failed':
      return runFailed(item, words)
    case 'missed':
      return missed(item, words, say)
    case 'run_paused':
      return runPaused(item, words)
    case 'uncertain':
      return {
        look: { tone: 'skipped', icon: 'question' },
        text: attention.uncertain(titleOf(item.job), item.count),
        detail: null,
        remedy: null,
        links: [{ href: `/runs/${item.runId}`, label: attention.settle }],
      }
    case 'job_overdue':
      return {
        look: { tone: 'danger', icon: 'clock' },
        text: attention.overdue(titleOf(item.job), say.duration(item.lateMs)),
        detail: null,
        remedy: null,
        links: [{ href: `/jobs/${item.job.id}?tab=schedule`, label: attention.why }],
      }
    case 'action_blocked':
      return {
        look: danger,
        text: attention.blocked(item.action, words.states.action[item.state], item.jobCount),
        detail: item.error,
        remedy: null,
        links: open(`/actions/${item.action}`),
      }
    case 'actions_broken':
      return {
        look: danger,
        text: attention.actionsBroken(item.count),
        detail: item.actions.map((name) => `/${name}`).join(', '),
        remedy: null,
        links: open('/actions?state=broken'),
      }
    case 'jobs_paused':
      return {
        look: waits,
        text: attention.jobsPaused(item.count),
        detail: item.jobs.map(titleOf).join(', '),
        remedy: null,
        links: open(item.jobs.length === 1 ? `/jobs/${item.jobs[0]?.id}` : '/jobs?attention=true'),
      }
    default:
      return ofTheBot(item, words)
  }
}

function runFailed(item: Of<'run_failed'>, { home }: Words): Row {
  const { runId, state, unreached, runs } = item
  const { attention } = home
  return {
    look: state === 'partial' ? warn : danger,
    text: failureWords(item, attention),
    detail: runs > 1 ? attention.runsFailed(runs) : null,
    remedy: unreached > 0 ? { kind: 'retry', runId, count: unreached } : null,
    links: [{ href: `/runs/${runId}`, label: attention.open }],
  }
}

function failureWords({ job, state, total, unreached }: Of<'run_failed'>, attention: Attention): string {
  if (total > 0) return attention.unreached(titleOf(job), unreached, total)
  return state === 'expired' ? attention.runExpired(titleOf(job)) : attention.runFailed(titleOf(job))
}

function missed({ job, from, to, count }: Of<'missed'>, { home }: Words, say: Say): Row {
  const [first, last] = [say.time(Date.parse(from)), say.time(Date.parse(to))]
  return {
    look: { tone: 'skipped', icon: 'empty' },
    text: home.attention.missed(titleOf(job), count),
    detail: first === last ? first : home.attention.between(first, last),
    remedy: null,
    links: [
      { href: `/jobs/${job.id}?tab=schedule`, label: home.attention.why },
      { href: `/jobs/${job.id}?run=1`, label: home.attention.runLatest },
    ],
  }
}

function runPaused({ runId, job, by, reason }: Of<'run_paused'>, { home }: Words): Row {
  const { attention } = home
  const isBreaker = by === 'breaker'
  return {
    look: waits,
    text: isBreaker ? attention.breaker(titleOf(job)) : attention.paused(titleOf(job)),
    detail: [by && !isBreaker ? attention.pausedBy(by) : null, reason].filter(Boolean).join(': ') || null,
    remedy: { kind: 'resume_run', runId },
    links: [{ href: `/runs/${runId}`, label: attention.open }],
  }
}

type OfTheBot = Of<'scheduler_paused' | 'telegram' | 'degraded' | 'unreachable_rising'>

function ofTheBot(item: OfTheBot, { home: { attention }, why }: Words): Row {
  const status = [{ href: '/status', label: attention.open }]
  switch (item.kind) {
    case 'scheduler_paused':
      return {
        look: waits,
        text: attention.schedulerPaused(item.by),
        detail: item.reason,
        remedy: { kind: 'resume_scheduler' },
        links: status,
      }
    case 'telegram':
      return {
        look: danger,
        text: attention.telegram[item.state],
        detail: item.detail,
        remedy: null,
        links: status,
      }
    case 'degraded':
      return {
        look: danger,
        text: attention.degraded,
        detail: why.degraded[item.reason],
        remedy: null,
        links: status,
      }
    case 'unreachable_rising':
      return {
        look: { tone: 'warn', icon: 'ban' },
        text: attention.unreachable(item.thisWeek, item.lastWeek),
        detail: null,
        remedy: null,
        links: [{ href: '/users?reachability=blocked', label: attention.open }],
      }
  }
}
