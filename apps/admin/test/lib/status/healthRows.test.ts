import type { SystemHealth } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import { healthRows } from '../../../src/lib/status/healthRows.ts'
import * as en from '../../../src/texts/index.ts'

const at = '2026-11-26T09:00:00.000Z'
const fine = { level: 'ok', reason: 'ok', message: 'Fine.' } as const
const health: SystemHealth = {
  at,
  level: 'ok',
  telegram: {
    ...fine,
    mode: 'polling',
    state: 'connected',
    detail: null,
    botUsername: 'demo_bot',
    since: at,
    lastUpdateAt: null,
    lastAnswerAt: at,
  },
  emulator: { ...fine, on: false },
  scheduler: { ...fine, state: 'running', paused: null, lagMs: 0, nextDueAt: null, lastTickAt: at },
  sending: {
    ...fine,
    perSecond: 0,
    permittedPerSecond: 25,
    pausedUntil: null,
    waiting: 0,
    queuedDeliveries: 0,
    openRuns: 0,
  },
  database: {
    ...fine,
    sizeBytes: 4096,
    journalBytes: 0,
    freeBytes: null,
    degraded: null,
    lastBackupAt: null,
  },
  process: {
    ...fine,
    version: '0.1.0',
    node: '20.20.0',
    pid: 1,
    startedAt: at,
    uptimeSeconds: 60,
    memoryBytes: 1,
    eventLoopLagMs: 12,
  },
  streams: { ...fine, open: 1, limit: 100 },
}
const say = {
  ago: () => 'just now',
  time: () => '09:00 UTC',
  duration: (ms: number) => `${ms} ms`,
  number: String,
  bytes: (n: number) => `${n} B`,
}
const rowsOf = (more: Partial<SystemHealth> = {}) =>
  healthRows({ ...health, ...more }, en.settings.status, say)

describe('the health of a bot', () => {
  it('has a row for each part, and for the emulator only while it is on', () => {
    expect(rowsOf().map(({ part }) => part)).not.toContain('emulator')
    const emulator = { ...fine, reason: 'emulator', on: true } as const
    expect(rowsOf({ emulator }).find(({ part }) => part === 'emulator')?.sentence).toContain(
      'nothing reaches Telegram',
    )
  })

  it('says what to do, in words of the dashboard', () => {
    const telegram = { ...health.telegram, level: 'bad', reason: 'telegram_conflict', message: 'x' } as const
    expect(rowsOf({ telegram })[0]).toMatchObject({
      level: 'bad',
      sentence: en.settings.status.reasons.telegram_conflict,
    })
  })

  it('leaves out what is not known', () => {
    const telegram = rowsOf().find(({ part }) => part === 'telegram')
    expect(telegram?.facts).toEqual([
      { label: null, value: '@demo_bot' },
      { label: null, value: 'polling' },
      { label: 'last answer', value: 'just now' },
    ])
  })

  it('tells what waits to be sent', () => {
    const sending = { ...health.sending, perSecond: 24, waiting: 3, openRuns: 1, queuedDeliveries: 90 }
    const row = rowsOf({ sending }).find(({ part }) => part === 'sending')
    expect(row?.facts.map(({ value }) => value)).toEqual([
      '24 of 25 messages a second',
      '3 messages wait',
      '1 open run, 90 recipients left',
    ])
  })
})
