import { expect, it } from 'vitest'
import {
  decideHealth,
  type HealthFacts,
  type HealthRow,
  overallLevel,
} from '../../src/insight/decideHealth.ts'

const day = 86_400_000
const fine: HealthFacts = {
  telegram: { state: 'connected', detail: null, isEmulator: false, forMs: day, silentMs: 1000 },
  jobsEnabled: true,
  scheduler: { state: 'running', lagMs: 0, pausedBy: null },
  sendingPausedMs: 0,
  database: {
    degraded: null,
    freeBytes: 9e9,
    journalBytes: 0,
    backupAgeMs: day,
    backupEveryMs: day,
    ageMs: 9 * day,
  },
  eventLoopLagMs: 2,
  streams: { open: 1, limit: 100 },
}
type Part = Partial<HealthFacts>
const telegram = (part: Partial<HealthFacts['telegram']>): Part => ({
  telegram: { ...fine.telegram, ...part },
})
const scheduler = (part: Partial<HealthFacts['scheduler']>): Part => ({
  scheduler: { ...fine.scheduler, ...part },
})
const database = (part: Partial<HealthFacts['database']>): Part => ({
  database: { ...fine.database, ...part },
})

it('is good while nothing is the matter', () => {
  const rows = decideHealth(fine)
  expect(Object.values(rows).map(({ level, reason }) => [level, reason])).toEqual(Array(7).fill(['ok', 'ok']))
  expect(overallLevel(rows)).toBe('ok')
})

it.each<[HealthRow, Part, string, string, RegExp]>([
  ['telegram', telegram({ state: 'unauthorized' }), 'bad', 'telegram_unauthorized', /KAMIHI_TOKEN/],
  ['telegram', telegram({ state: 'conflict' }), 'bad', 'telegram_conflict', /another instance polls/],
  [
    'telegram',
    telegram({ state: 'unreachable', detail: 'ECONNREFUSED' }),
    'bad',
    'telegram_unreachable',
    /ECONNREFUSED/,
  ],
  [
    'telegram',
    telegram({ state: 'unreachable', forMs: 1000, silentMs: null }),
    'warn',
    'telegram_unreachable',
    /being made/,
  ],
  ['telegram', telegram({ silentMs: 120_000 }), 'warn', 'updates_stale', /2 min ago/],
  ['scheduler', { jobsEnabled: false }, 'ok', 'jobs_disabled', /jobs\.enabled/],
  ['scheduler', scheduler({ state: 'paused', pausedBy: 'Ana' }), 'warn', 'scheduler_paused', /by Ana/],
  ['scheduler', scheduler({ state: 'stopped' }), 'bad', 'scheduler_stopped', /Restart/],
  ['scheduler', scheduler({ lagMs: 61_000 }), 'bad', 'scheduler_late', /61 s late/],
  ['scheduler', scheduler({ state: 'standby' }), 'ok', 'scheduler_standby', /Another process/],
  ['sending', { sendingPausedMs: 30_000 }, 'warn', 'sending_paused', /30 s/],
  [
    'database',
    database({ degraded: { reason: 'full', detail: 'The disk is full.' } }),
    'bad',
    'database_degraded',
    /The disk is full/,
  ],
  ['database', database({ freeBytes: 50 * 1024 * 1024 }), 'warn', 'disk_low', /50 MiB/],
  ['database', database({ backupAgeMs: 3 * day }), 'warn', 'backup_old', /3 d old/],
  ['database', database({ backupAgeMs: null }), 'warn', 'backup_old', /missing/],
  ['database', database({ journalBytes: 1e9 }), 'warn', 'journal_large', /another program/],
  ['process', { eventLoopLagMs: 500 }, 'warn', 'event_loop_slow', /500 ms/],
  ['streams', { streams: { open: 100, limit: 100 } }, 'warn', 'streams_full', /Close some/],
])('says of %s given %j that it is %s: %s', (row, part, level, reason, message) => {
  const rows = decideHealth({ ...fine, ...part })
  expect(rows[row]).toMatchObject({ level, reason, message: expect.stringMatching(message) })
  expect(overallLevel(rows)).toBe(level)
})

it('asks for no backup that was never to be made, nor of a bot that is young', () => {
  const young = database({ backupAgeMs: null, ageMs: day })
  const never = database({ backupAgeMs: null, backupEveryMs: null })
  for (const part of [young, never]) expect(decideHealth({ ...fine, ...part }).database.reason).toBe('ok')
})

it('warns of the emulator without making the whole worse', () => {
  const rows = decideHealth({ ...fine, ...telegram({ isEmulator: true }) })
  expect([rows.emulator.level, overallLevel(rows)]).toEqual(['warn', 'ok'])
})
