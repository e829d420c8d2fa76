import { expect, it } from 'vitest'
import { reachOfJobs } from '../../src/lib/bulkPeople.ts'

const jobs = [{ recipientCount: 3 }, { recipientCount: 3 }, { recipientCount: 0 }]

it('counts people for each job, because each job sends to them', () => {
  expect(reachOfJobs(jobs, 10)).toEqual({ people: 6, isExact: true })
  expect(reachOfJobs([], 10)).toEqual({ people: 0, isExact: true })
})

it('does not take the people of as many jobs as were looked at for those of all', () => {
  expect(reachOfJobs(jobs, 3)).toEqual({ people: 6, isExact: false })
})
