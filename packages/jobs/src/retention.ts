import { setImmediate as breathe } from 'node:timers/promises'
import { type Kamihi, timespanMs } from '@kamihi/core'
import type { PruneCursor } from '@kamihi/store'

/** Removes history that is past its time; see `jobs.retention_days` and `jobs.retention_runs`. */
export interface Retention {
  start(): void
  stop(): Promise<void>
  /** Removes what is past its time at once, whoever's turn it is: the disk is full. */
  makeRoom(): Promise<void>
}

export interface RetentionOptions {
  kamihi: Pick<Kamihi, 'config' | 'store' | 'clock' | 'logger'>
  /** One process does it. */
  isLeader: () => boolean
  random: () => number
}

const everyMs = 3_600_000
/** The start of a bot has other things to do. A process that stands by asks as often whether it is its turn. */
const soonMs = 60_000
/** Rows in one transaction: some milliseconds, so that no tick waits for it. */
const rowsAtOnce = 500
/** Between two transactions that removed something, in which everything else goes on. */
const breathMs = 25
const dayMs = 24 * 3_600_000
/** Telegram repeats an update for a day at most. */
const updatesKeptMs = 7 * dayMs

/** Sweeps through the history after the start and then each hour, a little at a time; an error ends that sweep, not the next one. */
export function createRetention({ kamihi, isLeader, random }: RetentionOptions): Retention {
  const { clock, logger } = kamihi
  const stopping = new AbortController()
  const { signal } = stopping
  let cancelTimer = () => {}
  let sweeping: Promise<void> = Promise.resolve()

  /** False when it is, or has become, another process's turn. */
  const sweep = async (): Promise<boolean> => {
    if (!isLeader()) return false
    let rows = 0
    for await (const removed of steps(kamihi)) {
      rows += removed
      await (removed > 0 ? clock.sleep(breathMs, signal) : breathe())
      if (signal.aborted || !isLeader()) return false
    }
    if (rows > 0) logger.info({ rows }, 'Old history was removed')
    return true
  }
  const sweepSafely = (): Promise<boolean> =>
    sweep().catch((error: unknown) => {
      logger.warning({ err: error }, 'Old history could not be removed; it is tried again in an hour')
      return true
    })
  // Processes that started together do not work in step.
  const schedule = (ms: number): void => {
    cancelTimer = clock.setTimer(ms * (0.5 + random()), () => {
      sweeping = sweepSafely().then((isDone) => {
        if (!signal.aborted) schedule(isDone ? everyMs : soonMs)
      })
    })
  }
  return {
    async makeRoom() {
      for await (const _rows of steps(kamihi)) if (signal.aborted) return
    },
    start: () => schedule(soonMs),
    async stop() {
      cancelTimer()
      stopping.abort()
      await sweeping
    },
  }
}

/** A sweep, one short transaction after the other; each gives the rows that it removed. */
async function* steps({ store, clock, config }: RetentionOptions['kamihi']): AsyncGenerator<number> {
  const { retentionDays, retentionRuns } = config.jobs
  const olderThan = clock.now() - retentionDays * dayMs
  let from: PruneCursor | null = null
  do {
    const step: Awaited<ReturnType<typeof store.runs.prune>> = await store.runs.prune({
      olderThan,
      keepPerJob: retentionRuns,
      limit: rowsAtOnce,
      from,
    })
    from = step.next
    yield step.rows
  } while (from)
  for (let removed = 1; removed > 0; ) {
    removed = await store.updates.prune(clock.now() - updatesKeptMs, rowsAtOnce)
    yield removed
  }
  yield await store.sessions.prune(clock.now(), timespanMs(config.web.auth.sessionIdle) ?? undefined)
  yield await store.scheduler.pruneSpans(olderThan)
}
