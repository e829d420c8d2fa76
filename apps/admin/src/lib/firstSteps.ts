/** What a new bot needs before it is of use, in this order. */
export const firstSteps = ['hello', 'user', 'permission', 'job', 'token'] as const
export type FirstStep = (typeof firstSteps)[number]

/** What is known about a bot, as far as the steps go. */
export interface FirstFacts {
  /** When the bot last heard from anybody. */
  lastUpdateAt: string | null
  users: number
  permissions: number
  jobs: number
  emulator: boolean
}

/** Which steps are done: each is seen from what there is, nobody ticks it. */
export const stepsDone = (facts: FirstFacts): Record<FirstStep, boolean> => ({
  hello: facts.lastUpdateAt !== null,
  user: facts.users > 0,
  permission: facts.permissions > 0,
  job: facts.jobs > 0,
  token: !facts.emulator,
})
