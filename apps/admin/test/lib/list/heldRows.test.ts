import { expect, it } from 'vitest'
import { heldRows } from '../../../src/lib/list/heldRows.ts'

const row = (id: string, state: string) => ({ id, state })

it('keeps the rows under the pointer in their places, as they are now, and counts those that wait', () => {
  const before = [row('b', 'running'), row('a', 'completed')]
  const found = [row('d', 'queued'), row('c', 'queued'), row('b', 'completed')]
  expect(heldRows(before, found, ({ id }) => id)).toEqual({
    rows: [row('b', 'completed'), row('a', 'completed')],
    waiting: 2,
  })
})
