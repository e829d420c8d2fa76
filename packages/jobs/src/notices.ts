import type { OutgoingPart, Run, User } from '@kamihi/contracts'
import { type Kamihi, repeat } from '@kamihi/core'
import { decideNotices, groupRuns, mostWritten, noticeText, type Told } from './decide/notice.ts'

/** Tells admins of runs that went wrong; see `jobs.notify_admins`. */
export interface Notices {
  start(): void
  stop(): Promise<void>
}

export interface NoticesOptions {
  kamihi: Pick<Kamihi, 'config' | 'store' | 'clock' | 'logger' | 'telegram'>
  /** One process tells: the one whose scheduler is at work. */
  isLeader: () => boolean
}

const everyMs = 5000
const readAtOnce = 500
const mostAdmins = 50
/** A message that Telegram keeps waiting is given up for now, and tried again later. */
const patienceMs = 8000

/**
 * That a notice is due is stored with the end of its run, and that it was told after it was sent: a crash in between repeats one message.
 * Sending a notice is no run, so no notice is about notices.
 */
export function createNotices({ kamihi, isLeader }: NoticesOptions): Notices {
  const { store, clock, logger, telegram } = kamihi
  const stopping = new AbortController()
  let lastTriedAt = Number.NEGATIVE_INFINITY
  let telling: Promise<void> = Promise.resolve()

  const tell = async (): Promise<void> => {
    if (!isLeader() || telegram.state().state !== 'connected') return
    const due = await store.runs.listNotices(readAtOnce)
    if (due.length === 0) return
    const decision = decideNotices(due, clock.now(), lastTriedAt)
    await store.runs.noticesTold(decision.drop)
    if (decision.tell.length === 0) return
    lastTriedAt = clock.now()
    if (await sendToAdmins(kamihi, await compose(kamihi, decision.tell), stopping.signal))
      await store.runs.noticesTold(decision.tell)
  }
  const report = (error: unknown) =>
    logger.warning({ err: error }, 'Admins could not be told of a run; it is tried again')
  const polling = repeat(
    clock,
    everyMs,
    () => {
      telling = tell()
      return telling
    },
    report,
  )
  return {
    start: polling.start,
    async stop() {
      polling.stop()
      stopping.abort()
      await telling.catch(report)
    },
  }
}

async function compose({ store, config }: NoticesOptions['kamihi'], runs: Run[]): Promise<OutgoingPart> {
  const groups = groupRuns(runs)
  const told: Told[] = []
  for (const group of groups.slice(0, mostWritten))
    told.push({ ...group, reason: await reasonOf(store, group.run) })
  const unwritten = groups.slice(mostWritten).reduce((sum, { times }) => sum + times, 0)
  const { publicUrl, port, enabled } = config.web
  const base = publicUrl?.replace(/\/$/, '') ?? `http://localhost:${port}`
  return noticeText(told, unwritten, {
    timezone: config.timezone,
    linkOf: (runId) => (enabled ? `${base}/runs${runId === null ? '' : `/${runId}`}` : null),
  })
}

async function reasonOf(store: Kamihi['store'], { id, error, reason }: Run): Promise<Told['reason']> {
  if (reason === 'missed') return { message: 'nothing ran at that time', count: 1 }
  if (error) return { message: error.message, count: 1 }
  return (await store.runs.reasons(id)).items[0] ?? null
}

/** True when they have been told, as far as they can be: then it is not tried again. */
async function sendToAdmins(
  kamihi: NoticesOptions['kamihi'],
  part: OutgoingPart,
  stopping: AbortSignal,
): Promise<boolean> {
  const { items } = await kamihi.store.users.list({ isAdmin: true, reachability: 'ok', limit: mostAdmins })
  if (items.length === 0) kamihi.logger.warning('A run went wrong, and no admin can be told by Telegram')
  const outcomes = await Promise.all(items.map((admin) => sendTo(kamihi, admin, part, stopping)))
  const hasArrived = outcomes.some((kind) => kind === 'sent' || kind === 'ambiguous')
  return hasArrived || outcomes.every((kind) => kind === 'unreachable' || kind === 'rejected')
}

/** Before bulk: the run that this is about may be the bulk, and bulk may have been told to wait for hours. */
async function sendTo(
  { telegram, clock }: NoticesOptions['kamihi'],
  admin: User,
  part: OutgoingPart,
  stopping: AbortSignal,
) {
  const patience = new AbortController()
  const cancelTimer = clock.setTimer(patienceMs, () => patience.abort())
  const signal = AbortSignal.any([stopping, patience.signal])
  const { kind } = await telegram.send(admin.telegramId, part, { lane: 'reply', signal })
  cancelTimer()
  return kind
}
