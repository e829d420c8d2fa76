import type {
  DegradedReason,
  HealthLevel,
  HealthReason,
  SchedulerState,
  TelegramState,
} from '@kamihi/contracts'

/** What the rows of the health are judged by. */
export interface HealthFacts {
  telegram: {
    state: TelegramState
    detail: string | null
    isEmulator: boolean
    /** For how long it has been in this state. */
    forMs: number
    /** How long ago Telegram last answered; null before it did. */
    silentMs: number | null
  }
  jobsEnabled: boolean
  scheduler: { state: SchedulerState; lagMs: number; pausedBy: string | null }
  /** Milliseconds that bulk waits because Telegram asked for it; 0 when it does not. */
  sendingPausedMs: number
  database: {
    degraded: { reason: DegradedReason; detail: string } | null
    freeBytes: number | null
    journalBytes: number
    /** How long ago the newest backup was made; null when there is none. */
    backupAgeMs: number | null
    /** How often one is to be made; null for never. */
    backupEveryMs: number | null
    /** For how long the bot has run. */
    ageMs: number
  }
  eventLoopLagMs: number
  streams: { open: number; limit: number }
}

/** How a row is, why, and what to do. */
export interface Verdict {
  level: HealthLevel
  reason: HealthReason
  message: string
}

export const healthRows = [
  'telegram',
  'emulator',
  'scheduler',
  'sending',
  'database',
  'process',
  'streams',
] as const
export type HealthRow = (typeof healthRows)[number]

/** A connection that was never made is not held against a bot that has just started. */
const startMs = 30_000
/** A request for updates is answered within 25 seconds, also when there are none. */
const silenceMs = 90_000
const lateMs = 60_000
const lowDiskBytes = 200 * 1024 * 1024
const largeJournalBytes = 64 * 1024 * 1024
const slowLoopMs = 200

/** How each part of a bot is. */
export function decideHealth(facts: HealthFacts): Record<HealthRow, Verdict> {
  return {
    telegram: ofTelegram(facts.telegram),
    emulator: facts.telegram.isEmulator
      ? warn('emulator', 'The emulator is on: nothing reaches Telegram. Set KAMIHI_TOKEN to connect a bot.')
      : ok('Messages go to Telegram.'),
    scheduler: ofScheduler(facts),
    sending: ofSending(facts.sendingPausedMs),
    database: ofDatabase(facts.database),
    process: ofProcess(facts.eventLoopLagMs),
    streams: ofStreams(facts.streams),
  }
}

/** The worst of some verdicts. The emulator is meant to be on, and worsens nothing. */
export function overallLevel(rows: Record<HealthRow, Verdict>): HealthLevel {
  const levels = healthRows.filter((row) => row !== 'emulator').map((row) => rows[row].level)
  return levels.includes('bad') ? 'bad' : levels.includes('warn') ? 'warn' : 'ok'
}

const fine = (reason: HealthReason, message: string): Verdict => ({ level: 'ok', reason, message })
const ok = (message: string): Verdict => fine('ok', message)
const warn = (reason: HealthReason, message: string): Verdict => ({ level: 'warn', reason, message })
const bad = (reason: HealthReason, message: string): Verdict => ({ level: 'bad', reason, message })

function ofTelegram({ state, detail, forMs, silentMs }: HealthFacts['telegram']): Verdict {
  if (state === 'unauthorized')
    return bad(
      'telegram_unauthorized',
      'Telegram does not know the token. Set KAMIHI_TOKEN to the one of @BotFather and restart.',
    )
  if (state === 'conflict')
    return bad(
      'telegram_conflict',
      'Telegram answered 409: another instance polls with this token. Stop it; this one goes on by itself.',
    )
  if (state === 'unreachable')
    return forMs < startMs && silentMs === null
      ? warn('telegram_unreachable', 'The connection to Telegram is being made.')
      : bad(
          'telegram_unreachable',
          `Telegram cannot be reached${detail ? ` (${detail})` : ''}. Check network and telegram.api_root; messages wait.`,
        )
  if (silentMs !== null && silentMs > silenceMs)
    return warn(
      'updates_stale',
      `Telegram last answered ${words(silentMs)} ago. When it lasts, check the network.`,
    )
  return ok('Connected to Telegram.')
}

function ofScheduler({ jobsEnabled, scheduler: { state, lagMs, pausedBy } }: HealthFacts): Verdict {
  if (!jobsEnabled)
    return fine('jobs_disabled', 'Jobs are off. Set jobs.enabled to true and restart to run them.')
  if (state === 'paused')
    return warn(
      'scheduler_paused',
      `The scheduler is paused by ${pausedBy ?? 'somebody'}: no job runs by itself until it is resumed.`,
    )
  if (state === 'stopped') return bad('scheduler_stopped', 'The scheduler has stopped. Restart the bot.')
  if (lagMs > lateMs)
    return bad(
      'scheduler_late',
      `A job is ${words(lagMs)} late. Look at the database and at what uses this machine.`,
    )
  if (state === 'standby')
    return fine('scheduler_standby', 'Another process runs the jobs; this one stands by.')
  return ok('Jobs run on time.')
}

function ofSending(pausedMs: number): Verdict {
  return pausedMs > 0
    ? warn(
        'sending_paused',
        `Telegram asked to wait: messages of jobs go on in ${words(pausedMs)}. Lower telegram.rate.global when this comes often.`,
      )
    : ok('Messages are sent.')
}

function ofDatabase(facts: HealthFacts['database']): Verdict {
  const { degraded, freeBytes, journalBytes, backupAgeMs, backupEveryMs, ageMs } = facts
  if (degraded)
    return bad(
      'database_degraded',
      `${degraded.detail} Nothing new is begun and nothing is sent until it can be written again.`,
    )
  if (freeBytes !== null && freeBytes < lowDiskBytes)
    return warn(
      'disk_low',
      `Only ${Math.floor(freeBytes / 1024 / 1024)} MiB are free on the disk of the database. Make room.`,
    )
  if (backupEveryMs !== null && (backupAgeMs ?? ageMs) > 2 * backupEveryMs)
    return warn(
      'backup_old',
      `The newest backup is ${backupAgeMs === null ? 'missing' : `${words(backupAgeMs)} old`}. Look into the log, or run kamihi db backup.`,
    )
  if (journalBytes > largeJournalBytes)
    return warn(
      'journal_large',
      'The journal of the database does not get smaller: another program keeps reading it. Close it.',
    )
  return ok('The database is read and written.')
}

function ofProcess(lagMs: number): Verdict {
  return lagMs > slowLoopMs
    ? warn(
        'event_loop_slow',
        `Everything waits ${Math.round(lagMs)} ms now and then. An action computes without waiting, or the machine is busy.`,
      )
    : ok('The process answers at once.')
}

function ofStreams({ open, limit }: HealthFacts['streams']): Verdict {
  return open >= limit
    ? warn('streams_full', `${open} pages listen to live events, and no more can. Close some.`)
    : ok('Pages get live events.')
}

/** `4 s`, `3 min`, `2 h`, `5 d`. */
function words(ms: number): string {
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ]
  const [size, unit] = units.find(([unitMs]) => ms >= 2 * unitMs) ?? [1000, 's']
  return `${Math.max(1, Math.round(ms / size))} ${unit}`
}
