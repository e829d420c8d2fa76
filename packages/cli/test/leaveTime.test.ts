import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobDefaults } from '@kamihi/contracts'
import { systemClock } from '@kamihi/core'
import { openStore } from '@kamihi/store'
import { expect, it, onTestFinished } from 'vitest'
import { leaveTime } from '../src/demo/keepTime.ts'

it('a job that was placed in a time moved forward is placed anew when the bot is back in real time', async () => {
  const store = await openStore({ url: `sqlite:///${mkdtempSync(join(tmpdir(), 'kamihi-time-'))}/kamihi.db` })
  onTestFinished(() => store.close())
  const now = systemClock.now()
  const moved = now + 400 * 86_400_000
  const definition = { commands: [], description: null, argsSchema: null, idempotent: false, error: null }
  await store.actions.sync([{ name: 'report', ...definition }], now)
  const settings = {
    ...jobDefaults,
    userIds: [],
    roleIds: [],
    args: {},
    action: 'report',
    cronExpression: '@daily',
  }
  const change = { actor: { kind: 'cli' as const, id: null, name: 'test' }, now }
  const saved = await store.jobs.create(settings, moved, change)
  await store.settings.set('emulator.time', String(moved))
  await leaveTime({ store, clock: systemClock })
  // The scheduler gives each job without a next time one when it starts.
  expect((await store.jobs.listToReschedule()).map(({ id, nextRunAt }) => [id, nextRunAt])).toEqual([
    [saved.kind === 'saved' ? saved.value.id : '', null],
  ])
  expect(await store.settings.get('emulator.time')).toBe('0')
})
