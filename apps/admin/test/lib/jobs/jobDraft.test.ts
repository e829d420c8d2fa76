import { type Job, jobDefaults } from '@kamihi/contracts'
import { describe, expect, it } from 'vitest'
import {
  changesBetween,
  copyOf,
  draftOf,
  emptyDraft,
  hasOptions,
  titleOf,
} from '../../../src/lib/jobs/jobDraft.ts'
import { perUserConsequence } from '../../../src/pages/jobs/perUser.ts'
import * as en from '../../../src/texts/index.ts'

const job = {
  ...jobDefaults,
  id: 'j1',
  version: 3,
  userIds: ['u1'],
  roleIds: [],
  args: { city: 'Paris' },
  action: 'weather',
  cronExpression: '0 9 * * *',
  nextRunAt: null,
} as unknown as Job

const words = en.jobs.perUserHelp

describe('the draft of a job', () => {
  it('holds what can be edited and nothing else', () => {
    expect(Object.keys(draftOf(job)).sort()).toEqual(Object.keys(emptyDraft()).sort())
    expect(draftOf(job)).toMatchObject({ action: 'weather', args: { city: 'Paris' } })
  })

  it('is a copy: editing it leaves the job alone', () => {
    draftOf(job).userIds.push('u2')
    expect(job.userIds).toEqual(['u1'])
  })

  it('is made of a job that a page watches, too', () => {
    const watched = { ...job, args: new Proxy(job.args, {}) } as Job
    expect(draftOf(watched)).toEqual(draftOf(job))
  })

  it('saves only what differs', () => {
    const draft = { ...draftOf(job), enabled: false, args: { city: 'Rome' } }
    expect(changesBetween(draftOf(job), draft)).toEqual({ enabled: false, args: { city: 'Rome' } })
    expect(changesBetween(draftOf(job), draftOf(job))).toEqual({})
  })

  it('opens its options when one of them is not as it comes', () => {
    expect(hasOptions(emptyDraft())).toBe(false)
    expect(hasOptions({ ...emptyDraft(), timezone: 'Europe/Madrid' })).toBe(true)
  })
})

it('a job without a name is called by its action', () => {
  expect([titleOf(job), titleOf({ ...job, name: 'Mornings' })]).toEqual(['/weather', 'Mornings'])
})

describe('"Per user"', () => {
  const some = { userIds: ['u1'], roleIds: [] }
  const nobody = { userIds: [], roleIds: [] }
  it('says how often the action runs and who gets what', () => {
    expect(perUserConsequence({ perUser: true, ...some }, 118, words)).toContain('runs 118 times')
    expect(perUserConsequence({ perUser: false, ...some }, 118, words)).toContain(
      'the same result goes to 118 people',
    )
  })

  it('warns that a job for nobody will not run', () => {
    expect(perUserConsequence({ perUser: true, ...nobody }, 0, words)).toContain('will not run at all')
    expect(perUserConsequence({ perUser: false, ...nobody }, 0, words)).toContain('nobody gets a message')
  })
})

describe('a duplicate', () => {
  it('is called otherwise and disabled, and keeps the rest', () => {
    const { name, enabled, ...rest } = copyOf({ ...job, name: 'Forecast', enabled: true }, en.jobs.copyOf)
    expect([name, enabled]).toEqual(['Forecast (copy)', false])
    expect(rest).toMatchObject({ cronExpression: '0 9 * * *', userIds: ['u1'], args: { city: 'Paris' } })
  })

  it('of a job without a name is named by its action, and of one with a long name is not too long', () => {
    expect(copyOf({ ...job, name: null }, en.jobs.copyOf).name).toBe('/weather (copy)')
    expect(copyOf({ ...job, name: 'x'.repeat(200) }, en.jobs.copyOf).name).toHaveLength(200)
  })
})
