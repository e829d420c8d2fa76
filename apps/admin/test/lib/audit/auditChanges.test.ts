import { expect, it } from 'vitest'
import { changesOf, instantIn, verbOf } from '../../../src/lib/audit/auditChanges.ts'
import * as en from '../../../src/texts/index.ts'

it('what went from nothing to nothing is no change', () => {
  const changes = {
    reason: { before: null, after: null },
    roleIds: { before: null, after: [] },
    name: { before: null, after: 'Daily' },
    enabled: { before: true, after: false },
  }
  expect(changesOf({ verb: 'scheduler.resumed', changes }).map(([field]) => field)).toEqual([
    'name',
    'enabled',
  ])
})

it('a dry run is told apart from a run', () => {
  const ran = (dryRun: boolean) => ({ verb: 'job.run', changes: { dryRun: { before: null, after: dryRun } } })
  expect([verbOf(ran(true), en.jobs.changes), verbOf(ran(false), en.jobs.changes)]).toEqual([
    'tried it without sending',
    'ran it by hand',
  ])
  expect(verbOf(ran(true), en.audit)).toBe('tried without sending the job')
})

it('instants are known by the name of their field', () => {
  const at = Date.UTC(2026, 10, 26, 9)
  expect(instantIn('nextRunAt', at)).toBe(at)
  expect(instantIn('scheduledFor', new Date(at).toISOString())).toBe(at)
  expect([instantIn('retries', at), instantIn('nextRunAt', null), instantIn('createdAt', 'x')]).toEqual([
    null,
    null,
    null,
  ])
})
