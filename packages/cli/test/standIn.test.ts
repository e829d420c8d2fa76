import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@kamihi/core'
import { describe, expect, it } from 'vitest'
import { checkStandIn } from '../src/standIn.ts'

const load = (env: Record<string, string>) =>
  loadConfig({ cwd: mkdtempSync(join(tmpdir(), 'kamihi-stand-in-')), env })
const production = { NODE_ENV: 'production' }
const token = '1234567890:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

describe('the stand-in for Telegram', () => {
  it('is not taken in production because a token is missing, and the keys are named', async () => {
    const loaded = await load(production)
    expect(() => checkStandIn(loaded)).toThrow(/KAMIHI_TOKEN.*telegram\.emulator\.enabled/)
  })

  it.each([
    ['outside of production', {}],
    ['with a token', { ...production, KAMIHI_TOKEN: token }],
    ['where it is asked for', { ...production, KAMIHI_TELEGRAM__EMULATOR__ENABLED: 'true' }],
    ['where it is off', { ...production, KAMIHI_TELEGRAM__EMULATOR__ENABLED: 'false' }],
  ])('stops nobody %s', async (_, env) => {
    const loaded = await load(env)
    expect(() => checkStandIn(loaded)).not.toThrow()
  })
})
