import { expect, it } from 'vitest'
import { outcomeWords } from '../../../src/lib/runs/outcomeWords.ts'
import * as en from '../../../src/texts/index.ts'

it('tells how runs ended, the commonest first and without what did not happen', () => {
  expect(outcomeWords({ failed: 1, completed: 12, missed: 0 }, en.states)).toBe('completed 12, failed 1')
  expect(outcomeWords({ missed: 3 }, en.states)).toBe('missed 3')
  expect(outcomeWords({}, en.states)).toBe('')
})
