import { describe, expect, it } from 'vitest'
import { lookUp, pastedIds } from '../../../src/lib/people/pastedIds.ts'

it.each([
  ['1001\n1002\r\n1003', [1001, 1002, 1003]],
  ['1001, 1002; 1001', [1001, 1002]],
])('reads %j as Telegram IDs, each once', (text, ids) => {
  expect(pastedIds(text)).toEqual(ids)
})

it.each(['Ana', '1001', 'Ana Luis', '1001 Ana', ''])('leaves %j to the search', (text) => {
  expect(pastedIds(text)).toBeNull()
})

describe('numbers that are looked up', () => {
  const choiceOf = (id: number) => ({ id: `u${id}`, label: '', detail: '' })

  it('are told apart by whether somebody has them', async () => {
    const found = await lookUp([1, 2, 3], async (id) => (id === 2 ? null : choiceOf(id)))
    expect(found).toEqual({ known: ['u1', 'u3'], unknown: [2], later: [], failure: null })
  })

  it('are left where the server fails, and nobody says that they are unknown', async () => {
    const failure = new Error('too many requests')
    const asked: number[] = []
    const found = await lookUp([1, 2, 3], async (id) => {
      asked.push(id)
      if (id === 2) throw failure
      return choiceOf(id)
    })
    expect(found).toEqual({ known: ['u1'], unknown: [], later: [2, 3], failure })
    expect(asked).toEqual([1, 2])
  })
})
