import { expect, it } from 'vitest'
import { inTurn } from '../../src/http/inTurn.ts'

it('what is asked for in turn begins when the one before has ended, also when that failed', async () => {
  const turn = inTurn()
  const story: string[] = []
  let failFirst = (_: Error) => {}
  const first = turn(() => {
    story.push('first begins')
    return new Promise((_, reject) => {
      failFirst = reject
    })
  })
  const second = turn(async () => story.push('second begins'))
  await new Promise(setImmediate)
  expect(story).toEqual(['first begins'])
  failFirst(new Error('no'))
  await expect(first).rejects.toThrow('no')
  await second
  expect(story).toEqual(['first begins', 'second begins'])
})
