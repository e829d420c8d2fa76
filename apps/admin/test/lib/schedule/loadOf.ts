import type { LoadHour, ScheduleLoad } from '@kamihi/contracts'

/** An hour in which one job ran or will run once, for ten people. */
export const hour = (at: string, more: Partial<LoadHour> = {}): LoadHour => ({
  hour: at,
  runs: 1,
  messages: 10,
  jobs: ['a'],
  outcomes: {},
  ...more,
})

/** How busy some hours are. */
export const loadOf = (hours: LoadHour[], { from, to, now }: Pick<ScheduleLoad, 'from' | 'to' | 'now'>) => ({
  from,
  to,
  now,
  hours,
  jobs: [],
  perHourLimit: 1000,
  quietest: [],
  truncated: false,
})
