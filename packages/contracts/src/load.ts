import { type Static, Type } from '@sinclair/typebox'
import { Id, Instant } from './common.ts'
import { JobName, UpcomingRun } from './overview.ts'

/** Which hours are asked for; at most five weeks. */
export const LoadQuery = Type.Object(
  {
    from: Instant,
    to: Instant,
    jobId: Type.Optional(Id),
    action: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
)
export type LoadQuery = Static<typeof LoadQuery>

/** An hour in which something ran or is to run. */
export const LoadHour = Type.Object({
  hour: Type.String({ format: 'date-time', description: 'Where it begins; hours of UTC' }),
  runs: Type.Integer(),
  messages: Type.Integer({
    description: 'Recipients: of past runs those sent to, of future ones the people now chosen',
  }),
  jobs: Type.Array(Id, { description: 'The jobs with most messages, at most five' }),
  outcomes: Type.Record(Type.String(), Type.Integer(), {
    description: 'Of past runs: how many ended in each state; `missed` counts each time that was missed',
  }),
})
export type LoadHour = Static<typeof LoadHour>

/** How busy the hours are, by people and not only by runs. */
export const ScheduleLoad = Type.Object({
  from: Instant,
  to: Instant,
  now: Type.String({
    format: 'date-time',
    description: 'Hours before are what happened, those after what is planned',
  }),
  hours: Type.Array(LoadHour, { description: 'Oldest first; hours in which nothing runs are left out' }),
  jobs: Type.Array(JobName, { description: 'Names of the jobs that the hours mention' }),
  perHourLimit: Type.Integer({ description: 'Messages that the permitted rate allows in an hour' }),
  quietest: Type.Array(
    Type.Object({
      weekday: Type.Integer({ minimum: 0, maximum: 6, description: '0 is Sunday' }),
      hour: Type.Integer({ minimum: 0, maximum: 23 }),
      minute: Type.Integer({
        minimum: 0,
        maximum: 59,
        description: 'The minute of that hour at which fewest people are due',
      }),
      messages: Type.Integer({ description: 'Planned in that hour of the next seven days' }),
    }),
    { description: 'Hours between 8 and 20 in the bot’s zone with fewest messages, at most five' },
  ),
  truncated: Type.Boolean({ description: 'There were more jobs than could be looked at' }),
})
export type ScheduleLoad = Static<typeof ScheduleLoad>

/** Which stretch is asked for; at most a day. */
export const AgendaQuery = Type.Object(
  {
    from: Instant,
    to: Instant,
    jobId: Type.Optional(Id),
    action: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
)
export type AgendaQuery = Static<typeof AgendaQuery>

/** What fires in a stretch of time, soonest first. */
export const Agenda = Type.Object({
  from: Instant,
  to: Instant,
  items: Type.Array(UpcomingRun, { description: 'At most 500' }),
  total: Type.Integer(),
})
export type Agenda = Static<typeof Agenda>
