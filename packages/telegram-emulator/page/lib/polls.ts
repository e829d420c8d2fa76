import type { Poll } from '../../src/shapes/media.ts'

export interface PollLine {
  index: number
  text: string
  votes: number
  /** Share of the voters, 0 to 100. */
  percent: number
  isMine: boolean
  /** In a quiz, once it is answered or closed. */
  isCorrect: boolean
  isWrong: boolean
}

export interface PollView {
  lines: PollLine[]
  /** Results are shown to who has voted, and to all when it is closed. */
  showsResults: boolean
  canVote: boolean
  canTakeBack: boolean
  words: string
}

/** @param mine options that this person has chosen, null before that */
export function pollView(poll: Poll, mine: number[] | null): PollView {
  const showsResults = poll.is_closed || mine !== null
  const correct = new Set(showsResults && poll.type === 'quiz' ? poll.correct_option_ids : [])
  const lines = poll.options.map(({ text, voter_count }, index) => {
    const isMine = mine?.includes(index) ?? false
    return {
      index,
      text,
      votes: voter_count,
      percent: poll.total_voter_count > 0 ? Math.round((100 * voter_count) / poll.total_voter_count) : 0,
      isMine,
      isCorrect: correct.has(index),
      isWrong: correct.size > 0 && isMine && !correct.has(index),
    }
  })
  return {
    lines,
    showsResults,
    canVote: !showsResults,
    canTakeBack: mine !== null && !poll.is_closed && poll.allows_revoting,
    words: pollWords(poll),
  }
}

function pollWords({ type, is_anonymous, is_closed, total_voter_count: votes }: Poll): string {
  const kind = is_closed
    ? 'Final results'
    : `${is_anonymous ? 'Anonymous ' : ''}${type === 'quiz' ? 'quiz' : 'poll'}`
  const counted = votes === 0 ? 'no votes yet' : votes === 1 ? '1 vote' : `${votes} votes`
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} · ${counted}`
}
