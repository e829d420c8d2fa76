import type { Actor } from '@kamihi/contracts'

/** What a new bot needs before it is of use, in this order. */
export const firstSteps = ['hello', 'user', 'permission', 'job', 'token'] as const
export type FirstStep = (typeof firstSteps)[number]

/** What there is of a kind, and who made the newest of it. */
export interface Made {
  total: number
  /** Null: nothing is recorded of it, or not any more. */
  newestBy: Actor['kind'] | null
}

/** What is known about a bot, as far as the steps go. */
export interface FirstFacts {
  /** When the person seen last wrote to the bot. */
  lastSeenAt: string | null
  user: Made
  permission: Made
  job: Made
  emulator: boolean
}

/** Which steps are done: each is seen from what there is, nobody ticks it. */
export const stepsDone = (facts: FirstFacts): Record<FirstStep, boolean> => ({
  hello: facts.lastSeenAt !== null,
  user: isMadeByHand(facts.user),
  permission: isMadeByHand(facts.permission),
  job: isMadeByHand(facts.job),
  token: !facts.emulator,
})

/** What the system made is the demo, and no step of anybody. */
const isMadeByHand = ({ total, newestBy }: Made): boolean =>
  newestBy === null ? total > 0 : newestBy !== 'system'
