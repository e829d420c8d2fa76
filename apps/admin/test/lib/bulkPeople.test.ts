import { expect, it } from 'vitest'
import { recipientsOf } from '../../src/lib/bulkPeople.ts'

it('counts people for each job, because each job sends to them', () => {
  expect(recipientsOf([{ recipientCount: 3 }, { recipientCount: 3 }, { recipientCount: 0 }])).toBe(6)
  expect(recipientsOf([])).toBe(0)
})
