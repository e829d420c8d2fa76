import { expect, it } from 'vitest'
import { jobStateOf } from '../../../src/lib/jobs/jobState.ts'

const at = '2026-11-24T10:00:00.000Z'
const paused = { at, by: 'Ana', reason: null }
const job = { archivedAt: null, actionState: 'loaded', enabled: true, paused: null } as const

it('calls a job enabled, disabled or paused', () => {
  expect(jobStateOf(job)).toBe('enabled')
  expect(jobStateOf({ ...job, enabled: false, paused })).toBe('disabled')
  expect(jobStateOf({ ...job, paused })).toBe('paused')
})

it('calls a job blocked whose action is not in the code or broken, however it is set', () => {
  expect(jobStateOf({ ...job, actionState: 'archived', enabled: false })).toBe('missing')
  expect(jobStateOf({ ...job, actionState: 'broken', paused })).toBe('broken')
})

it('calls a job that was deleted so before anything else', () => {
  expect(jobStateOf({ ...job, archivedAt: at, actionState: 'broken' })).toBe('archived')
})
