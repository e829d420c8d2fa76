import { expect, it } from 'vitest'
import { jobVerbs } from '../../../src/lib/jobs/jobVerbs.ts'

const at = '2026-11-24T10:00:00.000Z'
const runs = { archivedAt: null, enabled: true, nextRunAt: at, paused: null }

it('offers to pause a job that runs, and to skip its next run', () => {
  expect(jobVerbs(runs)).toEqual(expect.arrayContaining(['edit', 'run', 'skipNext', 'pause', 'delete']))
  expect(jobVerbs(runs)).not.toContain('resume')
  expect(jobVerbs(runs)).not.toContain('restore')
})

it('offers to resume a job that is paused', () => {
  const verbs = jobVerbs({ ...runs, paused: { at, by: 'Ana', reason: null } })
  expect(verbs).toContain('resume')
  expect(verbs).not.toContain('pause')
})

it('offers to switch off what is on, and on what is off', () => {
  expect(jobVerbs(runs)).toContain('disable')
  expect(jobVerbs(runs)).not.toContain('enable')
  expect(jobVerbs({ ...runs, enabled: false })).toContain('enable')
})

it('does not offer to skip a run that is not to come', () => {
  expect(jobVerbs({ ...runs, nextRunAt: null })).not.toContain('skipNext')
})

it('offers to restore a job that was deleted, and nothing that only others can do', () => {
  expect(jobVerbs({ ...runs, archivedAt: at })).toEqual([
    'view',
    'restore',
    'duplicate',
    'runs',
    'exportJson',
  ])
})
