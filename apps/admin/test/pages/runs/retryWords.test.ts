import { describe, expect, it } from 'vitest'
import {
  againTo,
  bulkRetryNote,
  retryingNow,
  retryLabel,
  retryNote,
  stillMissing,
} from '../../../src/pages/runs/retryWords.ts'
import { runs } from '../../../src/texts/index.ts'

const blocked = (count: number) => ({ reachability: 'blocked' as const, count })

describe('what sending a run again means', () => {
  it('is for those who can be reached, and names the others and why apart', () => {
    const outlook = {
      reachable: 2,
      unreachable: [blocked(3), { reachability: 'not_started' as const, count: 1 }],
    }
    const note = retryNote(outlook, runs)
    expect(note).toContain('to the 2 people who did not get it and can be reached')
    expect(note).toContain(
      '4 other people cannot be reached now (3 blocked the bot, 1 never started the bot)',
    )
    expect(againTo(retryingNow(outlook), null, runs)).toBe('Send to 2 people')
    expect(againTo(retryingNow(outlook), 'http://chat', runs)).toBe('Send to 2 people in the emulator')
  })

  it('promises nothing where nobody can be reached', () => {
    const outlook = { reachable: 0, unreachable: [blocked(1)] }
    expect(retryNote(outlook, runs)).toContain(
      'Nobody of those who did not get it can be reached now (1 blocked the bot)',
    )
    expect(againTo(retryingNow(outlook), null, runs)).toBe('Try 1 person')
  })
})

it('tells of several runs how many could not be reached, if there are any', () => {
  expect(bulkRetryNote('All.', 0, runs)).toBe('All.')
  expect(bulkRetryNote('All.', 1, runs)).toMatch(/^All\. 1 other person could not be reached/)
})

it('says for how many sending again is, and no number where it is for nobody', () => {
  const number = (n: number) => n.toLocaleString('en')
  const outlook = { reachable: 1200, unreachable: [blocked(3), blocked(1)] }
  expect(retryLabel(stillMissing(outlook), runs, number)).toBe('Retry failed only (1,204)')
  expect(retryLabel(0, runs, number)).toBe('Retry failed only')
})
