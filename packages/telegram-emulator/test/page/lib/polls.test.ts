import { expect, it } from 'vitest'
import { pollView } from '../../../page/lib/polls.ts'
import type { Poll } from '../../../src/shapes/media.ts'

const poll = (votes: number[], more: Partial<Poll> = {}): Poll => ({
  id: '1',
  question: 'Where to?',
  options: votes.map((voter_count, index) => ({
    persistent_id: String(index),
    text: `option ${index}`,
    voter_count,
  })),
  total_voter_count: votes.reduce((sum, count) => sum + count, 0),
  is_closed: false,
  is_anonymous: true,
  type: 'regular',
  allows_multiple_answers: false,
  allows_revoting: true,
  members_only: false,
  ...more,
})

it('results are for those who have voted, and for all when it is closed', () => {
  expect(pollView(poll([1, 1]), null)).toMatchObject({ showsResults: false, canVote: true })
  expect(pollView(poll([1, 1]), [0])).toMatchObject({ showsResults: true, canVote: false, canTakeBack: true })
  expect(pollView(poll([1, 1], { is_closed: true }), null)).toMatchObject({
    showsResults: true,
    canTakeBack: false,
    words: 'Final results · 2 votes',
  })
})

it('shares are of the voters', () => {
  expect(pollView(poll([2, 1]), [0]).lines.map(({ percent }) => percent)).toEqual([67, 33])
  expect(pollView(poll([0, 0]), [0]).lines.map(({ percent }) => percent)).toEqual([0, 0])
})

it('a quiz tells right from wrong only afterwards', () => {
  const quiz = poll([1, 0], { type: 'quiz', correct_option_ids: [1], allows_revoting: false })
  expect(pollView(quiz, null).lines.some(({ isCorrect }) => isCorrect)).toBe(false)
  expect(pollView(quiz, [0]).lines).toMatchObject([{ isWrong: true }, { isCorrect: true }])
  expect(pollView(quiz, [0])).toMatchObject({ canTakeBack: false, words: 'Anonymous quiz · 1 vote' })
})
