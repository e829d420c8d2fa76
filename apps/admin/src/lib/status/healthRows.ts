import type { HealthLevel, SystemHealth } from '@kamihi/contracts'
import type { Texts } from '../../texts/index.ts'

const parts = ['telegram', 'emulator', 'scheduler', 'sending', 'database', 'process', 'streams'] as const
export type HealthPart = (typeof parts)[number]

/** How numbers and times are written where health is shown. */
export interface Say {
  ago: (at: string) => string
  time: (at: string) => string
  duration: (ms: number) => string
  number: (n: number) => string
  bytes: (n: number) => string
}
export interface HealthRow {
  part: HealthPart
  level: HealthLevel
  /** What is the matter and what to do. */
  sentence: string
  facts: { label: string | null; value: string }[]
}

/** The parts of a bot as rows, in the order in which one looks at them; the emulator only while it is on. */
export function healthRows(health: SystemHealth, words: Texts['settings']['status'], say: Say): HealthRow[] {
  const factsOf = facts(health, words.facts, say)
  return parts
    .filter((part) => part !== 'emulator' || health.emulator.on)
    .map((part) => {
      const { level, reason, message } = health[part]
      return { part, level, sentence: words.reasons[reason] ?? message, facts: factsOf[part]() }
    })
}

type Fact = HealthRow['facts'][number] | null
type Words = Texts['settings']['status']['facts']

/** What is known, without what is not. */
const known = (...all: Fact[]): HealthRow['facts'] => all.filter((fact) => fact !== null)
const plain = (value: string | null): Fact => (value === null ? null : { label: null, value })
const at = (label: string, instant: string | null, write: (instant: string) => string): Fact =>
  instant === null ? null : { label, value: write(instant) }

function facts(
  { telegram, scheduler, sending, database, process, streams }: SystemHealth,
  words: Words,
  say: Say,
): Record<HealthPart, () => HealthRow['facts']> {
  return {
    telegram: () =>
      known(
        plain(telegram.botUsername === null ? null : words.bot(telegram.botUsername)),
        plain(words.mode[telegram.mode]),
        at(words.lastUpdate, telegram.lastUpdateAt, say.ago),
        at(words.lastAnswer, telegram.lastAnswerAt, say.ago),
        plain(telegram.detail),
      ),
    emulator: () => [],
    scheduler: () =>
      known(
        plain(scheduler.paused ? words.pausedBy(scheduler.paused.by) : null),
        { label: words.lag, value: say.duration(scheduler.lagMs) },
        at(words.nextDue, scheduler.nextDueAt, say.time),
        at(words.lastTick, scheduler.lastTickAt, say.ago),
      ),
    sending: () =>
      known(
        plain(words.rate(say.number(sending.perSecond), say.number(sending.permittedPerSecond))),
        at(words.pausedUntil, sending.pausedUntil, say.time),
        plain(sending.waiting > 0 ? words.waiting(sending.waiting) : null),
        plain(
          sending.openRuns > 0 ? words.open(sending.openRuns, say.number(sending.queuedDeliveries)) : null,
        ),
      ),
    database: () =>
      known(
        { label: words.size, value: say.bytes(database.sizeBytes) },
        { label: words.journal, value: say.bytes(database.journalBytes) },
        database.freeBytes === null ? null : { label: words.free, value: say.bytes(database.freeBytes) },
        at(words.lastBackup, database.lastBackupAt, say.ago),
      ),
    process: () =>
      known(
        { label: words.version, value: process.version },
        plain(`Node ${process.node}`),
        { label: words.uptime, value: say.duration(process.uptimeSeconds * 1000) },
        { label: words.memory, value: say.bytes(process.memoryBytes) },
        { label: words.loop, value: `${say.number(process.eventLoopLagMs)} ms` },
      ),
    streams: () => known(plain(words.pages(streams.open, streams.limit))),
  }
}
