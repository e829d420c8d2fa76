import { expect, it } from 'vitest'
import { createQuestion } from '../../../src/lib/list/question.svelte.ts'

it('a question does what was asked once it is confirmed, and nothing after it was closed', async () => {
  const done: string[][] = []
  const question = createQuestion<string[]>(async (ids) => void done.push(ids))
  await question.confirm()
  question.ask(['a', 'b'])
  expect(question.asked).toEqual(['a', 'b'])
  await question.confirm()
  question.close()
  expect(question.asked).toBeNull()
  await question.confirm()
  expect(done).toEqual([['a', 'b']])
})

it('a question that was refused as a whole still stands', async () => {
  const question = createQuestion<string>(() => Promise.reject(new Error('refused')))
  question.ask('a')
  await expect(question.confirm()).rejects.toThrow('refused')
  expect(question.asked).toBe('a')
})
