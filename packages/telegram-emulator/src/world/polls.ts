import type { Poll } from '../shapes/media.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import type { World } from './world.ts'

export type PollMessage = EmulatedMessage & { media: { kind: 'poll'; poll: Poll } }

export const hasPoll = (message: EmulatedMessage | undefined): message is PollMessage =>
  message?.media?.kind === 'poll'

/** The poll with these votes counted. */
export function counted(poll: Poll, votes: NonNullable<EmulatedMessage['votes']>): Poll {
  return {
    ...poll,
    options: poll.options.map((option, index) => ({
      ...option,
      voter_count: votes.filter(({ options }) => options.includes(index)).length,
    })),
    total_voter_count: votes.length,
  }
}

/** Puts the poll in its message. */
export const changePoll = (world: World, message: PollMessage, change: Partial<Poll>): PollMessage =>
  world.messages.change(message, {
    media: { kind: 'poll', poll: { ...message.media.poll, ...change } },
  }) as PollMessage

/** Closes a poll at its time, unless it is closed or gone by then. */
export function closeInTime(
  world: World,
  { chatId, messageId, media }: PollMessage,
  tell: (poll: Poll) => void,
): void {
  const { close_date: closeDate } = media.poll
  if (closeDate === undefined) return
  world.clock.at(closeDate * 1000, () => {
    const message = world.messages.find(chatId, messageId)
    if (!hasPoll(message) || message.media.poll.id !== media.poll.id) return
    if (message.media.poll.is_closed) return
    tell(changePoll(world, message, { is_closed: true }).media.poll)
  })
}
