import type { Limiter, Turn } from './limiter.ts'
import type { CallFailure, ReachOutcome, SendOptions, SendOutcome } from './telegram.types.ts'

/** How long bulk waits after Telegram did not know the token: until somebody mends it, each call is refused. */
const tokenPauseSeconds = 60

/** Does one call to a chat when its turn comes, and holds back others where the answer says so. @throws what `call` throws, and nothing else */
export async function inTurn<O extends SendOutcome | ReachOutcome>(
  limiter: Limiter,
  chatId: number,
  { lane, signal }: Pick<SendOptions, 'lane' | 'signal'>,
  call: () => Promise<O>,
): Promise<O | CallFailure> {
  const turn = await limiter.acquire(chatId, lane, signal)
  if (turn.kind !== 'granted') return outcomeOfTurn(turn)
  const { slot } = turn
  try {
    const outcome = await call()
    if (outcome.kind === 'withdrawn') return outcome
    // Before the slot is given back: what it lets through must know of the pause.
    holdBack(limiter, chatId, outcome)
    slot.answered()
    return outcome
  } finally {
    // Of no effect once it was answered.
    slot.unwritten()
  }
}

/** A message that would have to wait for minutes is given back, and waits where it costs nothing: in the database. */
function outcomeOfTurn(turn: Exclude<Turn, { kind: 'granted' }>): CallFailure {
  if (turn.kind === 'aborted') return { kind: 'withdrawn' }
  return turn.cause === 'token'
    ? { kind: 'unauthorized', message: 'Telegram does not know the token of the bot.' }
    : { kind: 'retry_after', seconds: turn.seconds }
}

/** What an answer means for other messages. */
function holdBack(limiter: Limiter, chatId: number, outcome: SendOutcome | ReachOutcome): void {
  if (outcome.kind === 'retry_after') limiter.pause(chatId, outcome.seconds)
  if (outcome.kind === 'unauthorized') limiter.pauseForToken(tokenPauseSeconds)
}
