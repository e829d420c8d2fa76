import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SystemHealth } from '@kamihi/contracts'
import { explanations, systemClock, timespanMs } from '@kamihi/core'
import { listBackups } from '@kamihi/store'
import type { ApiContext } from '../context.ts'
import { maxStreams } from '../live/live.ts'
import { decideHealth, type HealthFacts, overallLevel } from './decideHealth.ts'

/** How each part of the bot is now. */
export async function describeHealth(context: ApiContext): Promise<SystemHealth> {
  const numbers = await look(context)
  const rows = decideHealth(factsOf(context, numbers))
  const { now, traffic, scheduler, open, database, lagMs } = numbers
  const { state, detail, botUsername, isEmulator } = context.kamihi.telegram.state()
  const { monitor, kamihi } = context
  return {
    at: iso(now),
    level: overallLevel(rows),
    telegram: {
      ...rows.telegram,
      mode: kamihi.config.telegram.mode,
      state,
      detail,
      botUsername,
      since: iso(traffic.since),
      lastUpdateAt: isoOrNull(traffic.lastUpdateAt),
      lastAnswerAt: isoOrNull(traffic.lastAnswerAt),
    },
    emulator: { ...rows.emulator, on: isEmulator },
    scheduler: { ...rows.scheduler, ...scheduler },
    sending: {
      ...rows.sending,
      perSecond: traffic.perSecond,
      permittedPerSecond: kamihi.config.telegram.rate.global,
      pausedUntil: isoOrNull(traffic.pausedUntil),
      waiting: traffic.waiting,
      queuedDeliveries: open.queuedDeliveries,
      openRuns: open.total,
    },
    database: {
      ...rows.database,
      sizeBytes: database.sizeBytes,
      journalBytes: database.journalBytes,
      freeBytes: database.freeBytes,
      degraded: degradedOf(context),
      lastBackupAt: isoOrNull(database.backupAt),
    },
    process: {
      ...rows.process,
      version: context.version,
      node: process.version,
      pid: process.pid,
      startedAt: iso(monitor.process.startedAt),
      uptimeSeconds: Math.floor(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      eventLoopLagMs: lagMs,
    },
    streams: { ...rows.streams, open: monitor.openStreams(), limit: maxStreams },
  }
}

type Numbers = Awaited<ReturnType<typeof look>>

async function look({ kamihi, jobs, monitor }: ApiContext) {
  const { store, clock, telegram, config } = kamihi
  const [scheduler, open, info, journalBytes] = await Promise.all([
    jobs.describeScheduler(),
    store.insights.open(0),
    store.info(),
    store.file.journalBytes(),
  ])
  return {
    now: clock.now(),
    traffic: telegram.traffic(),
    scheduler,
    open,
    lagMs: monitor.process.eventLoopLagMs('health'),
    database: {
      sizeBytes: info.sizeBytes,
      journalBytes,
      freeBytes: await freeBytes(info.path),
      backupAt: newestBackup(config.db.url),
    },
  }
}

function factsOf(
  { kamihi, monitor }: ApiContext,
  { now, traffic, scheduler, database, lagMs }: Numbers,
): HealthFacts {
  const { config, telegram } = kamihi
  const { state, detail, isEmulator } = telegram.state()
  const status = kamihi.health.status()
  return {
    telegram: {
      state,
      detail,
      isEmulator,
      forMs: now - traffic.since,
      silentMs: traffic.lastAnswerAt === null ? null : now - traffic.lastAnswerAt,
    },
    jobsEnabled: config.jobs.enabled,
    scheduler: { state: scheduler.state, lagMs: scheduler.lagMs, pausedBy: scheduler.paused?.by ?? null },
    sendingPausedMs: traffic.pausedUntil === null ? 0 : traffic.pausedUntil - now,
    database: {
      ...database,
      degraded: status.state === 'ok' ? null : { reason: status.reason, detail: explanations[status.reason] },
      // Backups are made by real time, whatever time the bot goes by.
      backupAgeMs: database.backupAt === null ? null : systemClock.now() - database.backupAt,
      backupEveryMs: timespanMs(config.db.backup.every),
      ageMs: process.uptime() * 1000,
    },
    eventLoopLagMs: lagMs,
    streams: { open: monitor.openStreams(), limit: maxStreams },
  }
}

function degradedOf({ kamihi }: ApiContext): SystemHealth['database']['degraded'] {
  const status = kamihi.health.status()
  return status.state === 'ok' ? null : { reason: status.reason, since: iso(status.since) }
}

/** Null for a database in memory, and where the system does not say. */
async function freeBytes(path: string): Promise<number | null> {
  if (path === ':memory:') return null
  return statfs(dirname(path)).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
}

/** When the newest backup was made; null where there is none, or no folder that could be read. */
export function newestBackup(url: string): number | null {
  try {
    return listBackups(url)[0]?.at ?? null
  } catch {
    return null
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))
