import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { createBackup, databaseFile, listBackups } from '@kamihi/store'
import { type Clock, systemClock } from './clock.ts'
import { timespanMs } from './config/timespan.ts'
import type { Kamihi, Plugin } from './kamihi.types.ts'
import { repeat } from './repeat.ts'

export interface BackupsOptions {
  kamihi: Pick<Kamihi, 'config' | 'store' | 'logger'>
  /** Names this process in the lease. Default: random. */
  worker?: string
  /** Default: real time, whatever time the bot goes by, as disks fail in that one. */
  clock?: Clock
}

const lookMs = 60_000
/** Nothing is tried again sooner after a failure, so that a full disk is not told each minute. */
const afterFailureMs = 15 * 60_000
/** One process makes a backup; one that was killed while it did is waited for so long. */
const leaseMs = 3_600_000
const lease = 'backup'

/** Backups by the clock, as a part of the bot: `db.backup.every`, of which `db.backup.keep` stay. */
export function createBackups({
  kamihi,
  worker = randomUUID(),
  clock = systemClock,
}: BackupsOptions): Plugin {
  const { config, logger } = kamihi
  const everyMs = timespanMs(config.db.backup.every)
  const stopping = new AbortController()
  let notBefore = 0

  const look = async (): Promise<void> => {
    if (everyMs === null || clock.now() < notBefore) return
    await backUpWhenDue({ kamihi, worker, clock, everyMs, signal: stopping.signal }).catch(
      (error: unknown) => {
        if (stopping.signal.aborted) return
        notBefore = clock.now() + afterFailureMs
        logger.error({ err: error }, 'The backup could not be made; it is tried again in 15 minutes')
      },
    )
  }
  const looking = repeat(clock, lookMs, look, () => {})
  return {
    name: 'backups',
    async start() {
      if (everyMs !== null && hasFile(config.db.url)) looking.start()
    },
    async stop() {
      const stopped = looking.stop()
      stopping.abort(new Error('The bot stops.'))
      await stopped
    },
  }
}

/** When the next backup is due (epoch milliseconds): some time after the newest, or after the database was made. */
export function nextBackupAt(newest: number | null, madeAt: number, everyMs: number): number {
  return (newest ?? madeAt) + everyMs
}

interface Work extends Required<BackupsOptions> {
  everyMs: number
  signal: AbortSignal
}

async function backUpWhenDue(work: Work): Promise<void> {
  const { kamihi, worker, clock } = work
  if (!isDue(work)) return
  const { leases } = kamihi.store
  if (!(await leases.acquire(lease, { worker, until: clock.now() + leaseMs }, clock.now()))) return
  try {
    // Another process may have made it just now.
    if (isDue(work)) await backUp(work)
  } finally {
    await leases.release(lease, worker)
  }
}

function isDue({ kamihi, clock, everyMs }: Work): boolean {
  const { url } = kamihi.config.db
  const now = clock.now()
  // One of a time that has not come was made while the clock was wrong.
  const newest = listBackups(url).find(({ at }) => at <= now)
  return now >= nextBackupAt(newest?.at ?? null, statSync(databaseFile(url)).birthtimeMs, everyMs)
}

async function backUp({ kamihi, clock, signal }: Work): Promise<void> {
  const { config, store, logger } = kamihi
  const now = clock.now()
  const { keep } = config.db.backup
  const outcome = await createBackup({ url: config.db.url, method: 'pages', keep, now, signal })
  if (outcome.kind !== 'made') throw new Error(failureOf(outcome))
  const { path, sizeBytes } = outcome.backup
  const actor = { kind: 'system' as const, id: null, name: 'backups' }
  const object = { kind: 'backup', id: null, label: basename(path) }
  await store.audit.add({ verb: 'backup.created', object }, { actor, now })
  logger.info({ path, sizeBytes, removed: outcome.removed.length }, 'Backup made')
}

function failureOf(outcome: { kind: string; problems?: string[] }): string {
  if (outcome.kind === 'damaged')
    return `The database is damaged, and older backups are kept: ${outcome.problems?.join('; ')}. Look closer with "kamihi db check".`
  return `The database cannot be copied: ${outcome.kind.replace('_', ' ')}`
}

/** A database in memory has none. */
const hasFile = (url: string): boolean => !url.endsWith(':memory:')
