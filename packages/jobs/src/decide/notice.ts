import type { OutgoingPart, Run, RunReason } from '@kamihi/contracts'

/** What ended badly within so long is told together, and no admin hears more often. */
export const togetherMs = 10_000
/** What is older than this is history when a bot comes to tell it. */
const tooOldMs = 7 * 24 * 3_600_000

/** What to do about runs whose notice is due. */
export interface NoticeDecision {
  /** Told now, together. */
  tell: Run[]
  /** Not told any more. */
  drop: Run[]
}

/** `lastTriedAt`: when it was last told, or tried to. Times are epoch milliseconds. */
export function decideNotices(due: Run[], now: number, lastTriedAt: number): NoticeDecision {
  const age = ({ finishedAt }: Run) => (finishedAt === null ? togetherMs : now - Date.parse(finishedAt))
  const drop = due.filter((run) => age(run) > tooOldMs)
  const fresh = due.filter((run) => age(run) <= tooOldMs)
  const isTime = now - lastTriedAt >= togetherMs && fresh.some((run) => age(run) >= togetherMs)
  return { tell: isTime ? fresh : [], drop }
}

/** Runs of one job that went the same way. */
export interface Told {
  /** The newest of them. */
  run: Run
  times: number
  /** The commonest reason of the newest. */
  reason: Pick<RunReason, 'message' | 'count'> | null
}

/** The newest of each job and kind, with how many there were. */
export function groupRuns(runs: Run[]): Omit<Told, 'reason'>[] {
  const groups = new Map<string, Omit<Told, 'reason'>>()
  for (const run of runs) {
    const key = `${run.jobId} ${verbOf(run)}`
    groups.set(key, { run, times: (groups.get(key)?.times ?? 0) + 1 })
  }
  return [...groups.values()]
}

/** Longer messages than Telegram takes cannot come about: so many groups of bounded length are written out. */
export const mostWritten = 6

export interface NoticeWords {
  /** IANA name. */
  timezone: string
  /** Where a run is seen, or all runs; null when there is no dashboard. */
  linkOf: (runId: string | null) => string | null
}

/** The message that admins get. Names and reasons stay plain text: what users wrote formats nothing. */
export function noticeText(told: Told[], unwritten: number, words: NoticeWords): OutgoingPart {
  const [only] = told
  const total = told.reduce((sum, { times }) => sum + times, unwritten)
  const head = told.length === 1 && only && unwritten === 0 ? headline(only) : `${total} runs did not go well`
  const blocks = told.map((one) => linesOf(one, words, told.length > 1 || unwritten > 0))
  const rest = unwritten === 0 ? [] : [[`And ${unwritten} more.`, words.linkOf(null)]]
  const text = [[head], ...blocks, ...rest]
    .map((lines) => lines.filter((line) => line !== null).join('\n'))
    .join(told.length === 1 && unwritten === 0 ? '\n' : '\n\n')
  return {
    kind: 'text',
    text,
    entities: [{ type: 'bold', offset: 0, length: head.length }],
    linkPreview: false,
  }
}

const headline = ({ run, times }: Omit<Told, 'reason'>): string =>
  `${nameOf(run)} ${verbOf(run)}${times > 1 ? ` (${times} times)` : ''}`

function linesOf(told: Told, { timezone, linkOf }: NoticeWords, withHead: boolean): (string | null)[] {
  const { run, reason } = told
  const when = run.finishedAt === null ? null : timeText(run.missed?.from ?? run.finishedAt, timezone)
  return [
    withHead ? headline(told) : null,
    extentOf(run),
    reason && `${reason.count > 1 ? 'Mostly' : 'Because'}: ${oneLine(reason.message, 160)}`,
    when,
    linkOf(run.id),
  ]
}

function verbOf({ state, reason }: Run): string {
  if (reason === 'missed') return 'was missed'
  switch (state) {
    case 'partial':
      return 'did not reach everyone'
    case 'expired':
      return 'was not finished in time'
    case 'paused':
      return 'is paused: its first recipients failed alike'
    default:
      return 'failed'
  }
}

/** How many of how many. */
function extentOf({ counts, missed, reason }: Run): string | null {
  if (reason === 'missed') return missed && missed.count > 1 ? `${missed.count} occurrences` : null
  if (counts.total === 0) return null
  const reached = counts.sent + counts.noOutput
  return `${counts.total - reached} of ${counts.total} recipients not reached`
}

const nameOf = ({ jobName, action }: Run): string => oneLine(jobName ?? `/${action}`, 80)

/** Line breaks and characters that turn the direction of writing would let a name look like something else. */
function oneLine(text: string, most: number): string {
  const plain = text.replace(/[\p{Cc}\s\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ').trim()
  if (plain.length <= most) return plain
  // Never between the halves of a character outside the first plane.
  return `${plain.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function timeText(instant: string, timezone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return `${format.format(new Date(instant))} (${timezone})`
}
