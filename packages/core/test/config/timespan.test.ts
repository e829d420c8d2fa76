import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig, timespanMs } from '../../src/index.ts'

const load = (every: string) =>
  loadConfig({
    cwd: mkdtempSync(join(tmpdir(), 'kamihi-config-')),
    env: { KAMIHI_DB__BACKUP__EVERY: every },
  })

describe('a time that repeats', () => {
  it.each([
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['never', null],
  ])('is written %s', async (text, ms) => {
    expect((await load(text)).config.db.backup.every).toBe(text)
    expect(timespanMs(text)).toBe(ms)
  })

  it.each(['', '0h', '24', '24 h', '5 weeks', '-1d', 'daily'])(
    '"%s" is refused, with what is allowed',
    async (text) => {
      await expect(load(text)).rejects.toThrow(
        /^db\.backup\.every is ".*" \(environment variable KAMIHI_DB__BACKUP__EVERY\); allowed are words like 30m, 24h, 7d, never\.$/,
      )
    },
  )
})
