import { describe, expect, it } from 'vitest'
import { ownWarnings } from '../../../src/lib/jobs/ownWarnings.ts'

const warning = (code: string) => ({ code, path: '/args/city', message: code })
const job = { enabled: true, archivedAt: null, recipientCount: 3, warnings: [] }
const codes = (given: Partial<Parameters<typeof ownWarnings>[0]>) =>
  ownWarnings({ ...job, ...given }).map(({ code }) => code)

describe('the warnings of a job', () => {
  it('are its own, and not that all jobs are off', () => {
    const warnings = ['jobs_disabled', 'missing_arg', 'unknown_arg'].map(warning)
    expect(ownWarnings({ ...job, warnings })).toEqual([warning('missing_arg'), warning('unknown_arg')])
  })

  it('tell that it runs for nobody, though it may run', () => {
    expect(codes({ recipientCount: 0 })).toEqual(['nobody'])
  })

  it('tell so once, and only of a job that runs by itself', () => {
    expect(codes({ recipientCount: 0, warnings: [warning('no_recipients')] })).toEqual(['no_recipients'])
    expect(codes({ recipientCount: 0, enabled: false })).toEqual([])
    expect(codes({ recipientCount: 0, archivedAt: '2026-11-26T09:00:00.000Z' })).toEqual([])
  })
})
