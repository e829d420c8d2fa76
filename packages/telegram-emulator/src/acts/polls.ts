import { pollObject } from '../objects/objects.ts'
import type { Poll } from '../shapes/media.ts'
import type { EmulatedMessage } from '../shapes/messages.ts'
import { newId } from '../world/newId.ts'
import { closeInTime, hasPoll } from '../world/polls.ts'
import { addUpdate, seconds, type World } from '../world/world.ts'

/** Lets a poll end at its time, if there is one; the bot is told. */
export function closePollInTime(world: World, message: EmulatedMessage | undefined): void {
  if (hasPoll(message) && !message.media.poll.is_closed)
    closeInTime(world, message, (poll) => addUpdate(world, { poll: pollObject(world, poll) }))
}

/** The same questions without votes, open again (td, PollManager.cpp, `dup_poll`). */
export function anotherPoll(world: World, poll: Poll): Poll {
  const { close_date: _, options, open_period: period, ...rest } = poll
  return {
    ...rest,
    id: newId(),
    options: options.map((option) => ({ ...option, voter_count: 0 })),
    total_voter_count: 0,
    is_closed: false,
    ...(period ? { open_period: period, close_date: seconds(world.now()) + period } : {}),
  }
}
