import { expect, it } from 'vitest'
import { reachOfJobs } from '../../../src/lib/people/bulkPeople.ts'

const job = { name: null, action: 'weather', enabled: true, recipientCount: 3, unreachableCount: 1 }
const jobs = [
  job,
  { ...job, name: 'News' },
  { ...job, enabled: false, recipientCount: 0, unreachableCount: 0 },
]

it('counts people for each job, because each job sends to them', () => {
  expect(reachOfJobs(jobs, 10)).toMatchObject({ people: 6, unreachable: 2, isExact: true })
  expect(reachOfJobs([], 10)).toMatchObject({ people: 0, unreachable: 0, isExact: true })
})

it('does not take the people of as many jobs as were looked at for those of all', () => {
  expect(reachOfJobs(jobs, 3)).toMatchObject({ people: 6, isExact: false })
})

it('names the first jobs, and counts those that do not run by themselves', () => {
  expect(reachOfJobs(jobs, 10)).toMatchObject({ names: ['/weather', 'News', '/weather'], disabled: 1 })
  expect(
    reachOfJobs(
      Array.from({ length: 7 }, () => job),
      10,
    ).names,
  ).toHaveLength(5)
})
